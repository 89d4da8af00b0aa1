using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>auth.test, team.info, users.*, files.info: who and where.</summary>
internal sealed class PeopleMethods(WorkspaceState state)
{
    public IEnumerable<KeyValuePair<string, ApiMethod>> All() => new Dictionary<string, ApiMethod>
    {
        ["auth.test"] = new(0, true, Scopes.None, _ => Auth()),
        ["team.info"] = new(3, true, Scopes.Only("team:read"), _ => Team()),
        ["users.info"] = new(4, false, Scopes.Only("users:read"), Info),
        ["users.list"] = new(2, false, Scopes.Only("users:read"), List),
        ["users.lookupByEmail"] = new(3, false, Scopes.Only("users:read.email"), ByEmail),
        ["files.info"] = new(4, false, Scopes.Only("files:read"), File),
    };

    private bool WithEmail => state.Settings.BotScopes.Contains("users:read.email");

    private JsonObject Auth() => new()
    {
        ["url"] = $"https://{state.Settings.Domain}.slack.com/",
        ["team"] = state.Settings.Name,
        ["user"] = state.People[WorkspaceState.BotUser].Handle,
        ["team_id"] = WorkspaceState.TeamId,
        ["user_id"] = WorkspaceState.BotUser,
        ["bot_id"] = WorkspaceState.BotId,
        ["app_id"] = WorkspaceState.AppId,
        ["is_enterprise_install"] = false,
    };

    private JsonObject Team() => new()
    {
        ["team"] = new JsonObject
        {
            ["id"] = WorkspaceState.TeamId,
            ["name"] = state.Settings.Name,
            ["domain"] = state.Settings.Domain,
            ["email_domain"] = $"{state.Settings.Domain}.example",
            ["url"] = $"https://{state.Settings.Domain}.slack.com/",
            ["icon"] = new JsonObject { ["image_default"] = true },
        },
    };

    private JsonObject Info(ApiArguments given) => new()
    {
        ["user"] = ChannelShapes.Person(state.People.GetValueOrDefault(given.Required("user")) ?? throw new SlackRefusal("user_not_found"), WithEmail),
    };

    private JsonObject List(ApiArguments given)
    {
        var (page, next) = Paging.Cut(
            state.People.Values.OrderBy(person => person.Id, StringComparer.Ordinal), given, Paging.Limit(given, 1_000, 1_000), person => person.Id, Paging.Ascending);
        return new JsonObject
        {
            ["members"] = new JsonArray([.. page.Select(person => ChannelShapes.Person(person, WithEmail))]),
            ["cache_ts"] = state.NowSeconds,
            ["response_metadata"] = Paging.Metadata(next),
        };
    }

    private JsonObject ByEmail(ApiArguments given)
    {
        var email = given.Required("email");
        var found = state.People.Values.FirstOrDefault(person => !person.IsBot && !person.Deleted
            && person.Email.Equals(email, StringComparison.OrdinalIgnoreCase));
        return new JsonObject { ["user"] = ChannelShapes.Person(found ?? throw new SlackRefusal("users_not_found"), WithEmail) };
    }

    private JsonObject File(ApiArguments given)
    {
        var id = given.Required("file");
        var file = state.Channels.Values
            .Where(channel => channel.Members.Contains(WorkspaceState.BotUser))
            .SelectMany(channel => state.MessagesOf(channel.Id))
            .Where(message => message is { Files: not null, Deleted: false })
            .SelectMany(message => message.Files!)
            .FirstOrDefault(file => file.Text("id") == id);
        return FileShapes.IsGone(file)
            ? throw new SlackRefusal("file_deleted")
            : new JsonObject { ["file"] = Json.Copy(file) ?? throw new SlackRefusal("file_not_found"), ["comments"] = new JsonArray() };
    }
}
