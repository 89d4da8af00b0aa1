using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>One attempt at one promised effect: effect to port, and what came of it back into the stream.</summary>
public sealed class EffectAttempt(
    IncidentStreams streams, IDirectory directory, IEnumerable<IChatPlatform> platforms, Painting painting, CatchingUp catchingUp,
    TellingSubscribers tellingSubscribers, PostsElsewhere elsewhere, Policy policy, TimeProvider time)
{
    private static readonly TimeSpan[] Waits = [.. new[] { 1, 3, 10, 30, 60 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private const int FewestTries = 5;
    private static readonly TimeSpan OptionalPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>How long to wait after a try of which nobody can tell what came of it.</summary>
    public static TimeSpan WaitAfter(Tries tries) => Waits[Math.Min(tries.Failed, Waits.Length - 1)];

    /// <summary>Tries the effect.</summary>
    /// <param name="look">Whether an earlier attempt may have succeeded.</param>
    /// <param name="tries">What this runner has tried before.</param>
    public async Task<Tried> TryAsync(Incident incident, PendingEffect pending, LookFirst look, Tries tries, CancellationToken cancellationToken)
    {
        if (pending.Effect is TellSubscribers)
        {
            // For many, and so with as many outcomes: one that fails stops no other.
            return await tellingSubscribers.TryAsync(incident, pending, tries, cancellationToken);
        }

        try
        {
            await DoAsync(incident, pending, look is not LookFirst.No, cancellationToken);
            return Tried.Settled;
        }
        catch (ChatRateLimitedException limited)
        {
            return new Tried(limited.RetryAfter);
        }
        catch (ChatCannotLookException) when (look is LookFirst.WherePossible)
        {
            return await TryAsync(incident, pending, LookFirst.No, tries, cancellationToken);
        }
        catch (ChatCannotLookException blind)
        {
            await SettleAsync(incident.Id, pending, "held", new EffectHeld(pending.Key, pending.Attempts + 1, blind.Code, blind.Explanation), cancellationToken);
            return Tried.Settled;
        }
        catch (ChatRefusedException refused)
        {
            await FailAsync(incident, pending, refused.Code, refused.Explanation, cancellationToken);
            return Tried.Settled;
        }
        catch (Exception problem) when (problem is not StoreException && !cancellationToken.IsCancellationRequested)
        {
            return await GiveUpAsync(incident, pending, tries, problem, cancellationToken)
                ? new Tried(null, problem)
                : new Tried(WaitAfter(tries), problem);
        }
    }

    // Nothing waits for what is optional: it is given up before long. All else is left to a human, who would otherwise never hear of it.
    private async Task<bool> GiveUpAsync(Incident incident, PendingEffect pending, Tries tries, Exception problem, CancellationToken ct)
    {
        var (optional, failing) = (pending.Effect.Optional, tries.FailingSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
        if (optional ? tries.Failed < FewestTries || failing < OptionalPatience : failing < Patience)
        {
            return false;
        }

        var (code, why) = problem is ChatException
            ? ("no_answer", "The chat platform has given no answer to this for a while: ")
            : ("fault", "The bot itself fails at this, and its log says why: ");
        var explanation = $"{why}{EffectSentence.Doing(pending.Effect)}.";
        if (optional)
        {
            await FailAsync(incident, pending, code, $"{explanation} Do it by hand if it is missing.", ct);
        }
        else
        {
            await SettleAsync(incident.Id, pending, "held", new EffectHeld(pending.Key, pending.Attempts + 1, code, explanation), ct);
        }

        return true;
    }

    private async Task FailAsync(Incident incident, PendingEffect pending, string code, string explanation, CancellationToken ct)
    {
        var told = await IsWorthTellingAsync(incident, pending, ct);
        var failed = new EffectFailed(pending.Key, pending.Attempts + 1, code, told, explanation);
        await SettleAsync(incident.Id, pending, "failed", failed, ct);
    }

    // Whoever would be told must be reachable another way than the one that just failed, or one failure would bring forth the next.
    private async Task<bool> IsWorthTellingAsync(Incident incident, PendingEffect pending, CancellationToken ct) => pending.Effect switch
    {
        TellRoom or PostCard => !incident.RoomIsShut,
        TellPerson => incident.Room is not null && (await streams.EntryAsync(incident.Id, pending.Key.Version, ct)).Fact is not (EffectFailed or EffectHeld),
        DeletePost => false,
        _ => true,
    };

    private Task DoAsync(Incident incident, PendingEffect pending, bool lookFirst, CancellationToken ct) => pending.Effect switch
    {
        OpenRoom effect => OpenRoomAsync(incident, pending, effect, lookFirst, ct),
        RegisterRoom effect => RegisterAsync(incident, pending, effect, ct),
        InviteToRoom effect => InviteAsync(incident, pending, effect, ct),
        PostCard effect => PostAsync(incident, pending, new Destination.Room(effect.Room), IncidentCards.Live(incident, policy), lookFirst, ct),
        PinCard effect => PinAsync(incident, pending, effect, ct),
        Announce effect => PostAsync(incident, pending, new Destination.Announcements(effect.Workspace), IncidentCards.Announcement(incident), lookFirst, ct),
        SendDutyCard effect => PostAsync(
            incident, pending, new Destination.DirectMessage(effect.Person), IncidentCards.Duty(incident, effect.Role, effect.Person, policy), lookFirst, ct),
        TellRoom when incident.Room is { } room => TellAsync(incident, pending, new Destination.Room(room.Id), lookFirst, ct),
        TellRoom => throw new ChatRefusedException("no_room", "The war room could not be opened, so nothing can be said in it."),
        DeletePost effect => DeleteAsync(incident, pending, effect, ct),
        TellPerson effect => TellAsync(incident, pending, new Destination.DirectMessage(effect.Person), lookFirst, ct),
        _ => throw new System.Diagnostics.UnreachableException($"Nobody carries out {pending.Effect.GetType().Name}."),
    };

    private async Task OpenRoomAsync(Incident incident, PendingEffect pending, OpenRoom effect, bool lookFirst, CancellationToken ct)
    {
        var wanted = new RoomWanted(effect.Workspace, effect.Name, effect.Private, pending.Since);
        var opened = await Platform(effect.Platform).OpenRoomAsync(wanted, lookFirst, ct);
        while (await directory.FindRoomAsync(opened.Room, ct) is { } owner && owner.Incident != incident.Id)
        {
            wanted = wanted with { NotThese = wanted.NotThese.Add(opened.Room) };
            opened = await Platform(effect.Platform).OpenRoomAsync(wanted, lookFirst, ct);
        }

        await DoneAsync(incident.Id, pending, new RoomOpened(pending.Key, opened.Room, effect.Workspace, opened.Name), ct);
    }

    private async Task RegisterAsync(Incident incident, PendingEffect pending, RegisterRoom effect, CancellationToken ct)
    {
        await directory.PutRoomAsync(effect.Room, incident.Id, ct);

        // What was said between the room's creation and this row came to nobody's ears: read it now, under the same keys.
        await catchingUp.ReadAsync(incident.Id, effect.Room, ct);
        await DoneAsync(incident.Id, pending, new EffectDone(pending.Key, null, null, null), ct);
    }

    private async Task InviteAsync(Incident incident, PendingEffect pending, InviteToRoom effect, CancellationToken ct)
    {
        var missing = await Platform(effect.Room.Platform).InviteAsync(effect.Room, effect.People, ct);
        var explanation = missing.IsEmpty ? null : string.Join(' ', missing.Select(one => one.Explanation));
        await DoneAsync(incident.Id, pending, new EffectDone(pending.Key, null, missing.IsEmpty ? null : "partly", explanation), ct);
    }

    private async Task PinAsync(Incident incident, PendingEffect pending, PinCard effect, CancellationToken ct)
    {
        var card = incident.Card ?? throw new ChatRefusedException("no_card", "There is no card to pin.");
        await Platform(effect.Room.Platform).PinAsync(card.Message, ct);
        await DoneAsync(incident.Id, pending, new EffectDone(pending.Key, null, null, null), ct);
    }

    private async Task DeleteAsync(Incident incident, PendingEffect pending, DeletePost effect, CancellationToken ct)
    {
        var first = effect.Carries.Recipient is { } recipient
            ? await tellingSubscribers.CarrierAsync(effect.Carries with { Recipient = null }, recipient, ct)
            : await streams.CarrierAsync(incident.Id, effect.Carries, ct);
        if (first is { } carrier && carrier != effect.Message)
        {
            await Platform(effect.Message.Room.Platform).DeleteAsync(effect.Message, ct);
        }

        await DoneAsync(incident.Id, pending, new EffectDone(pending.Key, null, null, null), ct);
    }

    private async Task TellAsync(Incident incident, PendingEffect pending, Destination to, bool lookFirst, CancellationToken ct)
    {
        var entry = await streams.EntryAsync(incident.Id, pending.Key.Version, ct);
        var card = to is Destination.DirectMessage
            ? IncidentCards.ToldInPerson(incident, entry, await UnsaidAsync(incident.Id, entry.Fact, ct), policy)
            : IncidentCards.Told(incident, entry, policy);
        await PostAsync(incident, pending, to, card, lookFirst, ct);
    }

    // What the war room was to be told, when the fact is that it was not.
    private async Task<Entry?> UnsaidAsync(IncidentId incident, Fact fact, CancellationToken ct)
    {
        EffectKey? unkept = fact switch
        {
            EffectFailed failed => failed.Effect,
            EffectHeld held => held.Effect,
            _ => null,
        };
        return unkept is { } effect && await streams.EntryAsync(incident, effect.Version, ct) is var entry && entry.Effects[effect.Index] is TellRoom ? entry : null;
    }

    private async Task PostAsync(Incident incident, PendingEffect pending, Destination to, Card card, bool lookFirst, CancellationToken ct)
    {
        var platform = Platform(to is Destination.DirectMessage { Person: var person } ? person.Platform : incident.Platform);
        foreach (var posted in await platform.PostOrFindAsync(new Post(to, card, pending.Key, pending.Since), lookFirst, ct))
        {
            await Posting.RecordAsync(() => KeepAsync(incident, pending, card, posted), time, ct);
        }
    }

    // The message is out: lease or no lease, it is recorded.
    private async Task KeepAsync(Incident incident, PendingEffect pending, Card card, PostedMessage posted)
    {
        var kept = CancellationToken.None;
        if (pending.Effect is PostCard && !posted.Adopted)
        {
            await painting.ShownAsync(incident.Id, card, kept);
        }

        await (posted.Record is { } record ? RecordAsync(incident, pending, posted, record, kept) : elsewhere.RecordAsync(incident.Id, pending.Key, posted.Message, kept));
    }

    private async Task RecordAsync(Incident incident, PendingEffect pending, PostedMessage posted, RecordedMessage record, CancellationToken ct)
    {
        var settled = await streams.RecordAsync(incident.Id, record, ct);
        if (settled.Repeated is not null && settled.State.Pending.Any(open => open.Key == pending.Key))
        {
            // Its echo came first and did not say what it carries out.
            await DoneAsync(incident.Id, pending, new EffectDone(pending.Key, posted.Message, null, null), ct);
        }
    }

    private IChatPlatform Platform(string name) =>
        platforms.FirstOrDefault(platform => platform.Name == name)
        ?? throw new ChatRefusedException("no_platform", $"This bot is not connected to {name}.");

    private Task<Settled<Incident>> DoneAsync(IncidentId incident, PendingEffect pending, Fact fact, CancellationToken ct) =>
        streams.SettleEffectAsync(incident, pending.Key.Done, fact, ct);

    private Task<Settled<Incident>> SettleAsync(IncidentId incident, PendingEffect pending, string what, Fact fact, CancellationToken ct) =>
        streams.SettleEffectAsync(incident, pending.Key.Attempt(pending.Attempts + 1, what), fact, ct);
}
