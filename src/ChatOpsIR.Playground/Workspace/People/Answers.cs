using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>What people see of the bot's immediate answers.</summary>
internal sealed class Answers(WorkspaceState state, Posts posts)
{
    private readonly Forms forms = new(state);

    public ActResult Take(Delivery delivery, BotAnswer answer) => delivery switch
    {
        { Kind: DeliveryKind.Event } => Settled(delivery),
        { Kind: DeliveryKind.Command } => ToCommand(delivery, answer),
        { Kind: DeliveryKind.Options } => ToSuggestion(answer),
        { Context.Type: "view_submission" } => ToSubmission(delivery, answer),
        _ when answer.Good => new ActResult(null, []),
        _ => new ActResult(Failure(answer), []),
    };

    private ActResult Settled(Delivery delivery)
    {
        state.Settle(delivery);
        return new ActResult(null, []);
    }

    private ActResult ToCommand(Delivery delivery, BotAnswer answer)
    {
        if (!answer.Good)
        {
            var error = Failure(answer);
            Whisper(delivery, $"{delivery.Context.Command} failed with the error \"{error}\"", null, fromSlackbot: true);
            return new ActResult(error, []);
        }

        var body = Encoding.UTF8.GetString(answer.Body);
        if (string.IsNullOrWhiteSpace(body))
        {
            return new ActResult(null, []);
        }

        var message = Parse(answer) ?? new JsonObject { ["text"] = body };
        try
        {
            var content = Content.Of(new ApiArguments(message), state);
            if (message.Text("response_type") == "in_channel")
            {
                posts.PostByBot(state.Channels[delivery.Context.Channel!], content, null);
            }
            else
            {
                Whisper(delivery, content.Text, content.Blocks, fromSlackbot: false);
            }

            return new ActResult(null, new JsonObject { ["answer"] = message.DeepClone() });
        }
        catch (SlackRefusal refusal)
        {
            Whisper(delivery, $"{delivery.Context.Command} failed with the error \"{refusal.Error}\"", null, fromSlackbot: true);
            return new ActResult(refusal.Error, []);
        }
    }

    private static ActResult ToSuggestion(BotAnswer answer)
    {
        if (!answer.Good || Parse(answer) is not { } body)
        {
            return new ActResult(Failure(answer), []);
        }

        var options = body["options"] as JsonArray
            ?? [.. (body["option_groups"] as JsonArray ?? []).SelectMany(group => group?["options"] as JsonArray ?? []).Select(Json.Copy)];
        var check = new Check();
        if (options.Count > 0)
        {
            Elements.Options(options, 100, check, "/options");
        }

        return check.Problems.Count > 0
            ? new ActResult("invalid_options", new JsonObject { ["problems"] = Json.Strings(check.Problems) })
            : new ActResult(null, new JsonObject { ["options"] = options.DeepClone() });
    }

    private ActResult ToSubmission(Delivery delivery, BotAnswer answer)
    {
        if (!state.Views.TryGetValue(delivery.Context.ViewId ?? "", out var view))
        {
            return new ActResult(null, []);
        }

        if (!answer.Good)
        {
            return Trouble(view, Failure(answer));
        }

        if (answer.Body.Length == 0)
        {
            forms.Close(view);
            return new ActResult(null, []);
        }

        try
        {
            return Parse(answer) is { } body ? Respond(view, body) : Trouble(view, "invalid_response");
        }
        catch (SlackRefusal refusal)
        {
            return Trouble(view, refusal.Error);
        }
    }

    private ActResult Respond(OpenView view, JsonObject body)
    {
        switch (body.Text("response_action"))
        {
            case "clear":
                forms.CloseAll(view.User);
                break;
            case "errors":
                return Refused(view, body["errors"] as JsonObject ?? []);
            case "update":
                forms.Replace(view, ViewRules.Checked(body["view"]?.DeepClone(), state));
                break;
            case "push":
                forms.Push(view.User, ViewRules.Checked(body["view"]?.DeepClone(), state));
                break;
            case null when body.Count == 0:
                forms.Close(view);
                break;
            default:
                return Trouble(view, "invalid_response_action");
        }

        return new ActResult(null, new JsonObject { ["answer"] = body.DeepClone() });
    }

    /// <summary>Sentences under fields. A block that does not exist, or holds no input, is a fault of the app and shows as trouble.</summary>
    private ActResult Refused(OpenView view, JsonObject errors)
    {
        var inputs = (view.View["blocks"] as JsonArray ?? []).Where(block => block.Text("type") == "input").Select(block => block.Text("block_id")).ToHashSet();
        if (errors.Count == 0 || errors.Any(pair => !inputs.Contains(pair.Key) || pair.Value is not JsonValue))
        {
            return Trouble(view, "invalid_errors");
        }

        view.Errors = errors.ToDictionary(pair => pair.Key, pair => pair.Value!.ToString());
        state.Touch(view);
        return new ActResult("form_refused", Interactions.Errors(view));
    }

    private ActResult Trouble(OpenView view, string error)
    {
        view.Errors = new Dictionary<string, string> { [""] = "There was trouble connecting to the app. Try again." };
        state.Touch(view);
        return new ActResult(error, Interactions.Errors(view));
    }

    private void Whisper(Delivery delivery, string text, JsonArray? blocks, bool fromSlackbot) => state.Ephemerals.Add(new Ephemeral
    {
        Ts = state.NextTs(),
        User = delivery.Actor,
        Channel = delivery.Context.Channel!,
        Text = text,
        Blocks = blocks,
        FromSlackbot = fromSlackbot,
    });

    private static string Failure(BotAnswer answer) => answer.TimedOut ? "operation_timeout" : "dispatch_failed";

    private static JsonObject? Parse(BotAnswer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
