using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Slack's ids as ours.</summary>
internal static class SlackPeople
{
    public const string Platform = "slack";

    /// <param name="team">The team that the request names beside the user, if any.</param>
    public static PersonId Person(BotIdentity us, string user, string? team = null) => new(Platform, IsForeign(us, team) ? team! : us.Team, user);

    public static PersonKind? Kind(BotIdentity us, string? team) => IsForeign(us, team) ? PersonKind.Foreign : null;

    public static Actor? Actor(BotIdentity us, string? user, string? team = null) =>
        user is null ? null : Core.Record.Actor.Of(Person(us, user, team));

    public static RoomId Room(string channel) => new(Platform, channel);

    // A large organisation names itself (E...) in the place of the workspace.
    private static bool IsForeign(BotIdentity us, string? team) => team is { Length: > 0 } && team != us.Team && team[0] is not 'E';
}
