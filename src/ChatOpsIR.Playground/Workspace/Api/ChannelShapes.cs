using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Channels and people as the Web API describes them.</summary>
internal static class ChannelShapes
{
    public static JsonObject Channel(Channel channel, bool withCount = false)
    {
        if (channel.Kind == ChannelKind.Direct)
        {
            return Direct(channel);
        }

        var shape = new JsonObject
        {
            ["id"] = channel.Id,
            ["name"] = channel.Name,
            ["name_normalized"] = channel.Name,
            ["is_channel"] = channel.Kind == ChannelKind.Public,
            ["is_group"] = false,
            ["is_im"] = false,
            ["is_mpim"] = false,
            ["is_private"] = channel.Kind == ChannelKind.Private,
            ["created"] = channel.Created,
            ["is_archived"] = channel.Archived,
            ["is_general"] = channel.IsGeneral,
            ["unlinked"] = 0,
            ["is_shared"] = false,
            ["is_org_shared"] = false,
            ["is_ext_shared"] = false,
            ["is_pending_ext_shared"] = false,
            ["pending_shared"] = new JsonArray(),
            ["context_team_id"] = WorkspaceState.TeamId,
            ["shared_team_ids"] = new JsonArray(WorkspaceState.TeamId),
            ["creator"] = channel.Creator,
            ["is_member"] = channel.Members.Contains(WorkspaceState.BotUser),
            ["topic"] = Heading(channel.Topic),
            ["purpose"] = Heading(channel.Purpose),
            ["previous_names"] = Json.Strings(channel.PreviousNames),
        };
        if (withCount)
        {
            shape["num_members"] = channel.Members.Count;
        }

        return shape;
    }

    public static JsonObject Person(Person person, bool withEmail)
    {
        var profile = new JsonObject
        {
            ["title"] = person.Title,
            ["real_name"] = person.Name,
            ["real_name_normalized"] = person.Name,
            ["display_name"] = person.Handle,
            ["display_name_normalized"] = person.Handle,
            ["status_text"] = "",
            ["status_emoji"] = "",
            ["team"] = WorkspaceState.TeamId,
        };
        if (withEmail && !person.IsBot)
        {
            profile["email"] = person.Email;
        }

        if (person.IsBot)
        {
            profile["api_app_id"] = WorkspaceState.AppId;
            profile["bot_id"] = WorkspaceState.BotId;
        }

        return new JsonObject
        {
            ["id"] = person.Id,
            ["team_id"] = WorkspaceState.TeamId,
            ["name"] = person.Handle,
            ["deleted"] = person.Deleted,
            ["real_name"] = person.Name,
            ["tz"] = "Europe/Stockholm",
            ["tz_label"] = "Central European Time",
            ["tz_offset"] = 3_600,
            ["profile"] = profile,
            ["is_admin"] = false,
            ["is_owner"] = false,
            ["is_primary_owner"] = false,
            ["is_restricted"] = person.IsGuest,
            ["is_ultra_restricted"] = person.IsGuest,
            ["is_bot"] = person.IsBot,
            ["is_app_user"] = false,
            ["is_email_confirmed"] = !person.IsBot,
            ["updated"] = 0,
        };
    }

    private static JsonObject Direct(Channel channel) => new()
    {
        ["id"] = channel.Id,
        ["created"] = channel.Created,
        ["is_im"] = true,
        ["is_archived"] = false,
        ["is_org_shared"] = false,
        ["context_team_id"] = WorkspaceState.TeamId,
        ["user"] = channel.Members.Find(member => member != WorkspaceState.BotUser) ?? WorkspaceState.BotUser,
        ["is_open"] = true,
    };

    private static JsonObject Heading(Heading heading) => new()
    {
        ["value"] = heading.Value,
        ["creator"] = heading.By,
        ["last_set"] = heading.At,
    };
}
