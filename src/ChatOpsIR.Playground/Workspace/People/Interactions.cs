using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Commands, clicks and forms: each becomes one delivery that the bot has to answer at once.</summary>
internal sealed class Interactions(WorkspaceState state, Payloads payloads)
{
    private readonly Forms forms = new(state);

    public ActResult Command(ActArguments given, string command, string typed)
    {
        var channel = given.Visible();
        var text = SlackText.Command(SlackText.Cut(typed, state, given.Person.Id));
        return Sent(payloads.Command(given.Person, channel, command, text, typed));
    }

    /// <summary>A button, select or other element in a message, in an "only you" message, or in a form.</summary>
    public ActResult Press(ActArguments given)
    {
        var source = SourceOf(given);
        var (block, element) = Find(source.Blocks, given);
        var value = given.Node("value");
        if (source.View is { } view)
        {
            Remember(view, given);
        }

        return Sent(payloads.Pressed(given.Person, source, block, element, value));
    }

    public ActResult Submit(ActArguments given)
    {
        var view = ViewOf(given);
        Remember(view, given);
        view.Errors = FormValues.Problems(view.View["blocks"] as JsonArray, view.Values);
        state.Touch(view);
        if (view.Errors.Count > 0)
        {
            return new ActResult("form_incomplete", Errors(view));
        }

        return Sent(payloads.Submitted(given.Person, view));
    }

    public static JsonObject Errors(OpenView view)
    {
        JsonObject errors = [];
        foreach (var (block, sentence) in view.Errors)
        {
            errors[block] = sentence;
        }

        return new JsonObject { ["errors"] = errors };
    }

    /// <summary>The cross closes the whole stack, Cancel closes the form on top.</summary>
    public ActResult Close(ActArguments given)
    {
        var stack = forms.StackOf(given.Person.Id);
        if (stack.Count == 0)
        {
            return new ActResult(null, []);
        }

        var all = given.Flag("all") || stack.Count == 1;
        var told = all ? stack[0] : stack[^1];
        var delivery = told.View.Flag("notify_on_close") ? payloads.Closed(given.Person, told, given.Flag("all")) : null;
        if (all)
        {
            forms.CloseAll(given.Person.Id);
        }
        else
        {
            forms.Close(stack[^1]);
        }

        return delivery is null ? new ActResult(null, []) : Sent(delivery);
    }

    public ActResult Shortcut(ActArguments given) => Sent(payloads.Shortcut(given.Person, given.Text("callback_id") ?? "declare_incident"));

    public ActResult MessageShortcut(ActArguments given) =>
        Sent(payloads.MessageShortcut(given.Person, given.Visible(), given.Message(), given.Text("callback_id") ?? "add_to_timeline"));

    public ActResult Suggest(ActArguments given)
    {
        var source = SourceOf(given);
        var (block, element) = Find(source.Blocks, given);
        return Sent(payloads.Suggestion(given.Person, source, block, element, given.Text("value") ?? ""));
    }

    private void Remember(OpenView view, ActArguments given)
    {
        if (given.Node("values") is JsonObject values)
        {
            view.Values = FormValues.Merge(view.Values, view.View["blocks"] as JsonArray, values);
            state.Touch(view);
        }
    }

    private OpenView ViewOf(ActArguments given)
    {
        var id = given.Text("view");
        var view = id is null
            ? forms.StackOf(given.Person.Id) is [.., var top] ? top : null
            : state.Views.GetValueOrDefault(id);
        return view is not null && view.User == given.Person.Id ? view : throw new SlackRefusal("view_not_found");
    }

    private PressSource SourceOf(ActArguments given)
    {
        if (given.Text("ts") is not { } ts)
        {
            var view = ViewOf(given);
            return new PressSource(view.View["blocks"] as JsonArray, null, null, null, view);
        }

        var channel = given.Visible();
        if (state.Ephemerals.Find(seen => seen.Ts == ts && seen.User == given.Person.Id) is { } whisper)
        {
            return new PressSource(whisper.Blocks, channel, null, whisper, null);
        }

        var message = state.Message(channel, ts);
        return new PressSource(message.Blocks, channel, message, null, null);
    }

    private static (JsonObject Block, JsonObject Element) Find(JsonArray? blocks, ActArguments given)
    {
        // A message that is updated gets other block ids. Whoever pressed on its old look means the same element of the new one.
        var found = from block in (blocks ?? []).OfType<JsonObject>()
                    from element in BlockRules.ElementsOf(block)
                    where element.Text("action_id") == given.Text("action_id")
                    orderby block.Text("block_id") == given.Text("block_id") descending
                    select (block, element);
        return found.FirstOrDefault() is ({ } foundBlock, { } foundElement)
            ? (foundBlock, foundElement)
            : throw new SlackRefusal("element_not_found");
    }

    private ActResult Sent(Delivery delivery)
    {
        state.Send(delivery);
        return new ActResult(null, [], delivery);
    }
}

/// <summary>Where an element was pressed: exactly one of message, "only you" message and form.</summary>
internal sealed record PressSource(JsonArray? Blocks, Channel? Channel, Message? Message, Ephemeral? Whisper, OpenView? View);
