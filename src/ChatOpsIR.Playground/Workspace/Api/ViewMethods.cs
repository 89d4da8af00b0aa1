using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>views.*: forms and home tabs.</summary>
internal sealed class ViewMethods(WorkspaceState state)
{
    private readonly Forms forms = new(state);

    public IEnumerable<KeyValuePair<string, ApiMethod>> All() => new Dictionary<string, ApiMethod>
    {
        ["views.open"] = new(4, true, Scopes.None, Open),
        ["views.push"] = new(4, true, Scopes.None, Push),
        ["views.update"] = new(4, true, Scopes.None, Update),
        ["views.publish"] = new(4, true, Scopes.None, Publish),
    };

    private JsonObject Open(ApiArguments given)
    {
        var view = ViewRules.Checked(given.Tree("view", "invalid_arguments"), state);
        NewExternalId(view, except: null);
        return Shown(forms.Open(Exchange(given.Required("trigger_id")), view));
    }

    private JsonObject Push(ApiArguments given)
    {
        var view = ViewRules.Checked(given.Tree("view", "invalid_arguments"), state);
        NewExternalId(view, except: null);
        return Shown(forms.Push(Exchange(given.Required("trigger_id")), view));
    }

    private JsonObject Update(ApiArguments given)
    {
        var found = state.Views.Values.FirstOrDefault(open => open.Id == given.Text("view_id")
            || (given.Text("external_id") is { Length: > 0 } id && open.View.Text("external_id") == id)) ?? throw new SlackRefusal("not_found");
        CheckHash(given, found);
        var view = ViewRules.Checked(given.Tree("view", "invalid_arguments"), state, found.Type);
        NewExternalId(view, found);
        forms.Replace(found, view);
        return Shown(found);
    }

    private JsonObject Publish(ApiArguments given)
    {
        var user = state.Person(given.Required("user_id"));
        var view = ViewRules.Checked(given.Tree("view", "invalid_arguments"), state, "home");
        var home = state.Views.Values.FirstOrDefault(open => open.User == user.Id && open.Type == "home");
        if (home is null)
        {
            return Shown(forms.Add(user.Id, view, previous: null));
        }

        CheckHash(given, home);
        forms.Replace(home, view);
        return Shown(home);
    }

    /// <summary>A trigger opens one form, within three seconds.</summary>
    private string Exchange(string trigger)
    {
        if (!state.Triggers.TryGetValue(trigger, out var issued))
        {
            throw new SlackRefusal("invalid_trigger_id");
        }

        if (issued.Used)
        {
            throw new SlackRefusal("exchanged_trigger_id");
        }

        if (state.Now > issued.Expires)
        {
            throw new SlackRefusal("expired_trigger_id");
        }

        state.Triggers[trigger] = issued with { Used = true };
        return issued.User;
    }

    private static void CheckHash(ApiArguments given, OpenView view)
    {
        if (given.Text("hash") is { Length: > 0 } hash && hash != view.Hash)
        {
            throw new SlackRefusal("hash_conflict");
        }
    }

    private void NewExternalId(JsonObject view, OpenView? except)
    {
        if (view.Text("external_id") is { Length: > 0 } id
            && state.Views.Values.Any(open => open != except && open.View.Text("external_id") == id))
        {
            throw new SlackRefusal("duplicate_external_id");
        }
    }

    private static JsonObject Shown(OpenView view) => new() { ["view"] = FormShapes.View(view) };
}
