using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>conversations.*: the channel itself and who is in it.</summary>
internal sealed class ConversationMethods(WorkspaceState state, Room room)
{
    private const string Bot = WorkspaceState.BotUser;

    public IEnumerable<KeyValuePair<string, ApiMethod>> All() => new Dictionary<string, ApiMethod>
    {
        ["conversations.create"] = new(2, true, Scopes.Manage, Create),
        ["conversations.invite"] = new(3, true, Scopes.Invite, Invite),
        ["conversations.kick"] = new(3, true, Scopes.Manage, Kick),
        ["conversations.join"] = new(3, true, Scopes.Only("channels:join"), Join),
        ["conversations.leave"] = new(3, true, Scopes.Manage, Leave),
        ["conversations.archive"] = new(2, true, Scopes.Manage, Archive),
        ["conversations.unarchive"] = new(2, true, Scopes.Manage, _ => throw new SlackRefusal("not_allowed_token_type")),
        ["conversations.rename"] = new(2, true, Scopes.Manage, Rename),
        ["conversations.setTopic"] = new(2, true, Scopes.Topic, SetTopic),
        ["conversations.setPurpose"] = new(2, true, Scopes.Topic, SetPurpose),
        ["conversations.info"] = new(3, false, Scopes.Read, Info),
        ["conversations.list"] = new(2, false, Scopes.Read, List),
        ["conversations.members"] = new(4, false, Scopes.Read, Members),
        ["conversations.open"] = new(3, true, Scopes.Only("im:write"), Open),
        ["users.conversations"] = new(3, false, Scopes.Read, OfUser),
    };

    private JsonObject Create(ApiArguments given) =>
        Shown(room.Create(given.Text("name") ?? "", given.Flag("is_private"), Bot));

    /// <summary>All or nothing, unless <c>force</c>.</summary>
    private JsonObject Invite(ApiArguments given)
    {
        var channel = state.ActiveChannel(given.Required("channel"));
        channel.NotDirect();
        string[] users = given.Required("users").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (users.Length is 0 or > 100)
        {
            throw new SlackRefusal(users.Length == 0 ? "no_user" : "too_many_users");
        }

        (string User, string Error)[] failed = [.. users.Select(user => (user, error: Refusal(channel, user))).Where(pair => pair.error is not null)!];
        if (failed.Length > 0 && (!given.Flag("force") || failed.Length == users.Length))
        {
            throw new SlackRefusal(failed[0].Error, new JsonObject { ["errors"] = Errors(failed) });
        }

        foreach (var user in users.Where(user => Refusal(channel, user) is null))
        {
            room.Enter(channel, user, Bot);
        }

        var answer = Shown(channel);
        answer.SetIf("errors", failed.Length > 0 ? Errors(failed) : null);
        return answer;
    }

    private string? Refusal(Channel channel, string user) => user switch
    {
        Bot => "cant_invite_self",
        _ when !state.People.TryGetValue(user, out var person) || person.Deleted => "user_not_found",
        _ when channel.Members.Contains(user) => "already_in_channel",
        _ when state.People[user].IsGuest => "user_is_restricted",
        _ => null,
    };

    private static JsonArray Errors((string User, string Error)[] failed) =>
        [.. failed.Select(pair => new JsonObject { ["user"] = pair.User, ["ok"] = false, ["error"] = pair.Error })];

    private JsonObject Kick(ApiArguments given)
    {
        var channel = state.ActiveChannel(given.Required("channel"));
        channel.NotDirect();
        var user = given.Required("user");
        if (user == Bot)
        {
            throw new SlackRefusal("cant_kick_self");
        }

        state.Person(user);
        if (channel.IsGeneral)
        {
            throw new SlackRefusal("cant_kick_from_general");
        }

        if (!channel.Members.Contains(user))
        {
            throw new SlackRefusal("not_in_channel");
        }

        room.Kick(channel, user, Bot);
        return new JsonObject { ["errors"] = new JsonObject() };
    }

    private JsonObject Join(ApiArguments given)
    {
        var channel = state.Channel(given.Required("channel"));
        if (channel.Kind != ChannelKind.Public)
        {
            throw new SlackRefusal("method_not_supported_for_channel_type");
        }

        if (channel.Archived)
        {
            throw new SlackRefusal("is_archived");
        }

        var already = channel.Members.Contains(Bot);
        room.Enter(channel, Bot, inviter: null);
        var answer = Shown(channel);
        answer.SetIf("warning", already ? "already_in_channel" : null);
        return answer;
    }

    private JsonObject Leave(ApiArguments given)
    {
        var channel = state.Channel(given.Required("channel"));
        channel.NotDirect();
        if (channel.IsGeneral)
        {
            throw new SlackRefusal("cant_leave_general");
        }

        if (!channel.Members.Contains(Bot))
        {
            return new JsonObject { ["not_in_channel"] = true };
        }

        room.Leave(channel, Bot);
        return [];
    }

    private JsonObject Archive(ApiArguments given)
    {
        var channel = state.Channel(given.Required("channel"));
        channel.NotDirect();
        if (channel.Archived)
        {
            throw new SlackRefusal("already_archived");
        }

        if (channel.IsGeneral)
        {
            throw new SlackRefusal("cant_archive_general");
        }

        room.Archive(state.JoinedChannel(channel.Id), Bot);
        return [];
    }

    private JsonObject Rename(ApiArguments given)
    {
        var channel = state.ActiveChannel(given.Required("channel"));
        channel.NotDirect();
        if (channel.Creator != Bot)
        {
            throw new SlackRefusal("not_authorized");
        }

        room.Rename(channel, given.Text("name") ?? "", Bot);
        return Shown(channel);
    }

    private JsonObject SetTopic(ApiArguments given)
    {
        var channel = state.ActiveChannel(given.Required("channel"));
        channel.NotDirect();
        room.SetTopic(channel, given.Text("topic") ?? "", Bot);
        return Shown(channel);
    }

    private JsonObject SetPurpose(ApiArguments given)
    {
        var channel = state.ActiveChannel(given.Required("channel"));
        channel.NotDirect();
        room.SetPurpose(channel, given.Text("purpose") ?? "", Bot);
        return Shown(channel);
    }

    private JsonObject Info(ApiArguments given) => new()
    {
        ["channel"] = ChannelShapes.Channel(state.Channel(given.Required("channel")), given.Flag("include_num_members")),
    };

    private JsonObject List(ApiArguments given) => Listed(given, channel =>
        channel.Kind == ChannelKind.Public || channel.Members.Contains(Bot));

    private JsonObject OfUser(ApiArguments given)
    {
        var user = given.Text("user") ?? Bot;
        var answer = Listed(given, channel => channel.Members.Contains(user) && (channel.Kind == ChannelKind.Public || channel.Members.Contains(Bot)));
        // Unlike conversations.list: membership is what was asked for.
        foreach (var channel in answer["channels"]!.AsArray().OfType<JsonObject>())
        {
            channel.Remove("is_member");
            channel.Remove("num_members");
        }

        return answer;
    }

    private JsonObject Listed(ApiArguments given, Func<Channel, bool> visible)
    {
        string[] types = (given.Text("types") ?? "public_channel").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (types.Any(type => type is not ("public_channel" or "private_channel" or "im" or "mpim")))
        {
            throw new SlackRefusal("invalid_types");
        }

        var wanted = state.Channels.Values
            .Where(channel => visible(channel) && types.Contains(TypeOf(channel)) && !(given.Flag("exclude_archived") && channel.Archived))
            .OrderBy(channel => channel.Id, StringComparer.Ordinal);
        var (page, next) = Paging.Cut(wanted, given, Paging.Limit(given, 100, 999), channel => channel.Id, Paging.Ascending);
        return new JsonObject
        {
            ["channels"] = new JsonArray([.. page.Select(channel => ChannelShapes.Channel(channel, withCount: true))]),
            ["response_metadata"] = Paging.Metadata(next),
        };
    }

    private JsonObject Members(ApiArguments given)
    {
        var channel = state.Channel(given.Required("channel"));
        var (page, next) = Paging.Cut(channel.Members.Order(StringComparer.Ordinal), given, Paging.Limit(given, 100, 999), member => member, Paging.Ascending);
        return new JsonObject { ["members"] = Json.Strings(page), ["response_metadata"] = Paging.Metadata(next) };
    }

    private JsonObject Open(ApiArguments given)
    {
        if (given.Text("channel") is { Length: > 0 } id)
        {
            return OpenAnswer(state.Channel(id), wasThere: true, given);
        }

        string[] users = (given.Text("users") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (users.Length != 1)
        {
            throw new SlackRefusal(users.Length switch { 0 => "users_list_not_supplied", > 8 => "too_many_users", _ => "method_not_supported_for_channel_type" });
        }

        if (state.People.GetValueOrDefault(users[0]) is { Deleted: true })
        {
            throw new SlackRefusal("user_disabled");
        }

        state.Person(users[0]);
        var (channel, wasThere) = room.Direct(Bot, users[0]);
        return OpenAnswer(channel, wasThere, given);
    }

    private static JsonObject OpenAnswer(Channel channel, bool wasThere, ApiArguments given)
    {
        var answer = new JsonObject { ["channel"] = given.Flag("return_im") ? ChannelShapes.Channel(channel) : new JsonObject { ["id"] = channel.Id } };
        if (wasThere)
        {
            answer["no_op"] = true;
            answer["already_open"] = true;
        }

        return answer;
    }

    private static string TypeOf(Channel channel) => channel.Kind switch
    {
        ChannelKind.Public => "public_channel",
        ChannelKind.Private => "private_channel",
        _ => "im",
    };

    private static JsonObject Shown(Channel channel) => new() { ["channel"] = ChannelShapes.Channel(channel) };
}
