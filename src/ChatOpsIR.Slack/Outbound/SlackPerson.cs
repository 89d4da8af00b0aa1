using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>An account as Slack describes it.</summary>
internal static class SlackPerson
{
    public static Person Read(JsonElement user, PersonId id, BotIdentity me)
    {
        var profile = user.Child("profile");
        var kind = KindOf(user, me);
        var full = profile?.String("real_name") ?? user.String("real_name");
        var name = profile?.String("display_name") ?? full ?? user.String("name") ?? id.User;
        var isVouchedFor = kind is PersonKind.Member or PersonKind.Guest && user.Child("is_email_confirmed") is not { ValueKind: JsonValueKind.False };
        return new Person(id, name, isVouchedFor ? profile?.String("email") : null, kind) { FullName = full == name ? null : full };
    }

    /// <summary>Somebody whose account is closed may not command, as a bot may not.</summary>
    private static PersonKind KindOf(JsonElement user, BotIdentity me)
    {
        if (user.Is("is_bot") || user.Is("deleted"))
        {
            return PersonKind.Bot;
        }

        if (user.Is("is_stranger") || (user.String("team_id") is { } team && team != me.Team))
        {
            return PersonKind.Foreign;
        }

        return user.Is("is_restricted") || user.Is("is_ultra_restricted") ? PersonKind.Guest : PersonKind.Member;
    }
}
