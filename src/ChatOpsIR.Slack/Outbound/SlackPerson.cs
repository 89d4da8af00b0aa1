using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>A user object of Slack's, as far as rights depend on it.</summary>
internal static class SlackPerson
{
    public static Person Read(JsonElement user, PersonId id)
    {
        var profile = user.TryGetProperty("profile", out var given) ? given : default;
        var confirmed = !user.TryGetProperty("is_email_confirmed", out var flag) || flag.ValueKind is not JsonValueKind.False;
        return new Person(
            id,
            Text(profile, "display_name") ?? Text(profile, "real_name") ?? Text(user, "name") ?? id.User,
            confirmed ? Text(profile, "email") : null,
            Kind(user, id));
    }

    private static PersonKind Kind(JsonElement user, PersonId id) => user switch
    {
        _ when Flag(user, "is_bot") || Flag(user, "deleted") => PersonKind.Bot,
        _ when Flag(user, "is_stranger") || (Text(user, "team_id") is { } team && team != id.Workspace && team[0] != 'E') => PersonKind.Foreign,
        _ when Flag(user, "is_restricted") || Flag(user, "is_ultra_restricted") => PersonKind.Guest,
        _ => PersonKind.Member,
    };

    private static bool Flag(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static string? Text(JsonElement from, string name) =>
        from.ValueKind is JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
