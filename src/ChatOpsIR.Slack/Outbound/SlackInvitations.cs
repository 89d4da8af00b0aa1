using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Invites people. One who cannot come keeps nobody else out.</summary>
internal sealed class SlackInvitations(SlackApi api)
{
    private const string Method = "conversations.invite";
    private const int MostAtOnce = 100;

    public async Task<ImmutableArray<NotInvited>> InviteAsync(
        RoomId room, ImmutableArray<PersonId> people, BotIdentity me, CancellationToken cancellationToken)
    {
        var missing = ImmutableArray.CreateBuilder<NotInvited>();
        foreach (var stranger in people.Where(person => person.Platform is not SlackChatPlatform.PlatformName))
        {
            missing.Add(new NotInvited(stranger, "They have no account in this Slack workspace that the bot knows of."));
        }

        var invited = people.Where(person => person.Platform is SlackChatPlatform.PlatformName && person.User != me.BotUser).DistinctBy(person => person.User);
        foreach (var guests in invited.Chunk(MostAtOnce))
        {
            missing.AddRange(await InviteGroupAsync(room, guests, cancellationToken));
        }

        return missing.ToImmutable();
    }

    private async Task<IEnumerable<NotInvited>> InviteGroupAsync(RoomId room, PersonId[] guests, CancellationToken cancellationToken)
    {
        var answer = await api.InviteAsync(room.Id, guests.Select(person => person.User), cancellationToken);
        var single = answer.Items("errors").Where(error => error.String("user") is not null).ToList();
        if (single.Count > 0 || answer.Is("ok"))
        {
            return Named(single, guests);
        }

        var code = answer.String("error")!;
        if (IsFine(code) && guests.Length == 1)
        {
            return [];
        }

        if (!IsFine(code) && Sentence(code) is null)
        {
            throw SlackErrors.Refusal(Method, answer);
        }

        // Slack does not say whom it means: ask about each.
        return guests.Length == 1 ? [new NotInvited(guests[0], Sentence(code)!)] : await InviteEachAsync(room, guests, cancellationToken);
    }

    private async Task<IEnumerable<NotInvited>> InviteEachAsync(RoomId room, PersonId[] guests, CancellationToken cancellationToken)
    {
        var missing = new List<NotInvited>();
        foreach (var person in guests)
        {
            missing.AddRange(await InviteGroupAsync(room, [person], cancellationToken));
        }

        return missing;
    }

    private static IEnumerable<NotInvited> Named(IEnumerable<JsonElement> errors, PersonId[] guests) =>
        from error in errors
        let code = error.String("error") ?? "unknown_error"
        where !IsFine(code)
        join person in guests on error.String("user") equals person.User
        select new NotInvited(person, Sentence(code) ?? $"Slack refused with {code}: invite them by hand.");

    private static bool IsFine(string code) => code is "already_in_channel" or "cant_invite_self";

    private static string? Sentence(string code) => code switch
    {
        "user_is_restricted" or "user_is_ultra_restricted" or "ura_max_channels" =>
            "They are a guest whose account allows no further channel: a workspace administrator has to add them.",
        "user_not_found" or "users_not_found" => "Slack knows no such active account: check whether it was closed.",
        "org_user_not_in_team" or "user_team_not_in_channel" => "They are not in this workspace: an administrator has to add them to it first.",
        "invitee_cant_see_channel" or "cant_invite" => "Slack does not let them into this channel: ask a workspace administrator.",
        "user_disabled" => "Their account is deactivated.",
        _ => null,
    };
}
