using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>
/// Tells everybody who subscribed, in person and at most once each. The delivery ledger says for whom a summary is, which is decided
/// when it begins, and how far each has come, so that whoever takes the work up again goes on where it broke off. One entry in the
/// incident's stream says in the end what came of it.
/// </summary>
public sealed class TellingSubscribers(
    IncidentStreams streams, IDirectory directory, People people, IEnumerable<IChatPlatform> platforms, Policy policy, TimeProvider time)
{
    /// <summary>How many of each an entry names; it counts the rest.</summary>
    private const int MostNamed = 500;

    // So many in a row, and it is not they who cannot be reached.
    private const int FailuresInARow = 5;
    private const int FewestTries = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan PatienceWhenNewsWaits = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Goes once through all who are not told yet.</summary>
    /// <param name="tries">What this runner has tried before.</param>
    public async Task<Tried> TryAsync(Incident incident, PendingEffect pending, Tries tries, CancellationToken cancellationToken)
    {
        var ledger = await OpenAsync(incident, pending.Key, cancellationToken);
        var entry = await streams.EntryAsync(incident.Id, pending.Key.Version, cancellationToken);
        var (waited, inARow, failure) = (false, 0, (Exception?)null);

        foreach (var delivery in InTurn(ledger, tries))
        {
            try
            {
                await TellAsync(incident.Id, pending, entry, delivery, cancellationToken);
                inARow = 0;
            }
            catch (ChatRateLimitedException limited)
            {
                waited = true;
                await Pause.ForAsync(limited.RetryAfter, time, cancellationToken);
            }
            catch (Exception problem) when (problem is not StoreException && !cancellationToken.IsCancellationRequested)
            {
                failure = problem;
                if (++inARow == FailuresInARow)
                {
                    break;
                }
            }
        }

        if (failure is not null && IsEnough(incident, tries))
        {
            await GiveUpAsync(pending.Key, cancellationToken);
        }
        else if (failure is not null || waited)
        {
            return new Tried(failure is null ? Soon : EffectAttempt.WaitAfter(tries), failure);
        }

        await FinishAsync(incident.Id, pending.Key, cancellationToken);
        return new Tried(null, failure);
    }

    // Those with whom it was begun come last, and each time it begins with others: some who cannot be reached keep nobody waiting.
    private static IEnumerable<LedgerRow> InTurn(ImmutableArray<LedgerRow> ledger, Tries tries)
    {
        var open = ledger.Where(delivery => !delivery.IsSettled).ToArray();
        var first = open.Length == 0 ? 0 : tries.Failed * FailuresInARow % open.Length;
        return open.Skip(first).Concat(open.Take(first)).OrderBy(delivery => delivery.State);
    }

    /// <summary>The message that told somebody; null when none did.</summary>
    public async Task<MessageId?> CarrierAsync(EffectKey effect, PersonId person, CancellationToken cancellationToken) =>
        (await directory.ReadLedgerAsync(effect, cancellationToken)).FirstOrDefault(delivery => delivery.Person == person)?.Message;

    private async Task<ImmutableArray<LedgerRow>> OpenAsync(Incident incident, EffectKey effect, CancellationToken cancellationToken)
    {
        if (await directory.ReadLedgerAsync(effect, cancellationToken) is { IsEmpty: false } opened)
        {
            return opened;
        }

        // Who may not see the incident is nobody's business in its record either.
        var subscribers = (await streams.Subscriptions.ReadAsync(cancellationToken)).SubscribersOf(incident)
            .Where(person => Authorisation.Sees(person, incident, inItsRoom: false)).ToImmutableArray();
        return subscribers.IsEmpty ? [] : await directory.OpenLedgerAsync(effect, subscribers, cancellationToken);
    }

    // Everything is looked at again for each person: telling many takes minutes, and they change their minds and their roles.
    private async Task TellAsync(IncidentId id, PendingEffect pending, Entry entry, LedgerRow delivery, CancellationToken cancellationToken)
    {
        var person = delivery.Person;
        var incident = await streams.ReadAsync(id, cancellationToken);
        if (incident.Pending.All(open => open.Key != pending.Key))
        {
            return; // somebody else has finished it
        }

        var because = (await streams.Subscriptions.ReadAsync(cancellationToken)).TopicsOf(person, incident);
        var platform = platforms.FirstOrDefault(platform => platform.Name == person.Platform);
        var reason = because.IsEmpty ? "unsubscribed"
            : !Authorisation.Sees(person, incident, inItsRoom: false) ? "private"
            : platform is null ? "no-platform"
            : await IsMemberAsync(person, cancellationToken) ? null : "not-a-member";
        if (reason is not null)
        {
            await DropAsync(pending.Key, person, reason, cancellationToken);
            return;
        }

        try
        {
            var card = SubscriptionCards.Summary(incident, entry.Fact, entry.Stamp.Actor?.Person, because, policy);
            var post = new Post(new Destination.DirectMessage(person), card, pending.Key.For(person), pending.Since);
            var isFirst = await directory.BeginDeliveryAsync(pending.Key, person, cancellationToken);
            foreach (var posted in await platform!.PostOrFindAsync(post, lookFirst: !isFirst, cancellationToken))
            {
                await Posting.RecordAsync(() => KeepAsync(id, pending.Key, person, posted.Message), time, cancellationToken);
            }
        }
        catch (ChatRefusedException refused)
        {
            await DropAsync(pending.Key, person, refused.Code, cancellationToken);
        }
        catch (ChatCannotLookException blind)
        {
            // It may be there: better one summary too few than the same twice.
            await DropAsync(pending.Key, person, blind.Code, cancellationToken);
        }
    }

    /// <summary>The platform tells of a message by which we told somebody.</summary>
    public async Task HearAsync(IncidentId id, EffectKey effect, PersonId person, MessageId posted, CancellationToken cancellationToken)
    {
        if ((await directory.ReadLedgerAsync(effect, cancellationToken)).FirstOrDefault(delivery => delivery.Person == person) is { } told && told.Message != posted)
        {
            await KeepAsync(id, effect, person, posted);
        }
    }

    // The message is out: lease or no lease, it is recorded.
    private async Task KeepAsync(IncidentId id, EffectKey effect, PersonId person, MessageId posted)
    {
        var kept = await directory.SettleDeliveryAsync(effect, new LedgerRow(person, DeliveryState.Made) { Message = posted }, CancellationToken.None);
        if (kept.Message is { } first && first != posted)
        {
            // A runner that slept through its lease told the same: recorded, so that it is taken back.
            var key = effect.For(person);
            var twice = new EffectDone(key, posted, "twice", "A subscriber was told twice; the second message is taken back.");
            await streams.SettleEffectAsync(id, $"{key}:twice:{posted.Room}:{posted.Id}", twice, CancellationToken.None);
        }
    }

    private async Task<bool> IsMemberAsync(PersonId person, CancellationToken cancellationToken) =>
        await people.ResolveAsync(person, cancellationToken) is { } known
            ? known.Kind is PersonKind.Member
            : throw new ChatOutcomeUnknownException($"Nobody could say what kind of account {person} is.");

    private async Task DropAsync(EffectKey effect, PersonId person, string code, CancellationToken cancellationToken) =>
        await directory.SettleDeliveryAsync(effect, new LedgerRow(person, DeliveryState.Dropped) { Code = code }, cancellationToken);

    // While newer news waits for those who can be reached, the others are given up sooner.
    private bool IsEnough(Incident incident, Tries tries)
    {
        var patience = incident.Pending.Count(pending => pending.Effect is TellSubscribers) > 1 ? PatienceWhenNewsWaits : Patience;
        return tries.Failed >= FewestTries && tries.FailingSince is { } since && time.GetElapsedTime(since) >= patience;
    }

    private async Task GiveUpAsync(EffectKey effect, CancellationToken cancellationToken)
    {
        foreach (var delivery in (await directory.ReadLedgerAsync(effect, cancellationToken)).Where(delivery => !delivery.IsSettled))
        {
            await DropAsync(effect, delivery.Person, "no-answer", cancellationToken);
        }
    }

    private async Task FinishAsync(IncidentId id, EffectKey effect, CancellationToken cancellationToken)
    {
        var ledger = await directory.ReadLedgerAsync(effect, cancellationToken);
        var told = ledger.Where(delivery => delivery.State is DeliveryState.Made).Select(delivery => delivery.Person).ToArray();
        var notTold = ledger.Where(delivery => delivery.State is DeliveryState.Dropped).Select(delivery => new NotTold(delivery.Person, delivery.Code ?? "")).ToArray();
        var result = new SubscribersTold(effect, [.. told.Take(MostNamed)], [.. notTold.Take(MostNamed)])
        {
            MoreTold = Math.Max(0, told.Length - MostNamed),
            MoreNotTold = Math.Max(0, notTold.Length - MostNamed),
        };
        await streams.SettleEffectAsync(id, effect.Done, result, cancellationToken);
    }
}
