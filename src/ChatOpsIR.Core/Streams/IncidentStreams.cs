using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Streams;

/// <summary>The writers of this process: one for each incident that was touched of late, one for the numbers and one for the subscriptions.</summary>
public sealed class IncidentStreams(IStreamStore store, IncidentRules rules, Execution execution, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<IncidentId, LinkedListNode<(IncidentId Id, StreamWriter<Incident> Writer)>> writers = [];
    private readonly LinkedList<(IncidentId Id, StreamWriter<Incident> Writer)> latestFirst = [];

    public StreamWriter<NumberBook> Numbers { get; } = new(StreamId.Numbers, store, new NumberRules(), execution, time);

    public StreamWriter<SubscriptionBook> Subscriptions { get; } = new(StreamId.Subscriptions, store, new SubscriptionRules(), execution, time);

    /// <summary>How many incidents' writers are kept; beyond that, the one that was touched longest ago goes.</summary>
    public int MostWriters { get; init; } = 1000;

    /// <summary>The incident's writer. One that was let go while it was busy finishes beside its successor: the version lock keeps both honest.</summary>
    public StreamWriter<Incident> Of(IncidentId incident)
    {
        lock (gate)
        {
            if (writers.TryGetValue(incident, out var known))
            {
                latestFirst.Remove(known);
                latestFirst.AddFirst(known);
                return known.Value.Writer;
            }

            writers[incident] = latestFirst.AddFirst((incident, new StreamWriter<Incident>(incident.Stream, store, rules, execution, time)));
            if (latestFirst is { Count: var count, Last: { } last } && count > MostWriters)
            {
                latestFirst.Remove(last);
                writers.Remove(last.Value.Id);
            }

            return latestFirst.First!.Value.Writer;
        }
    }

    /// <summary>The incident as it stands; one that was never declared does not <see cref="Incident.Exists"/>.</summary>
    public Task<Incident> ReadAsync(IncidentId incident, CancellationToken cancellationToken) => Of(incident).ReadAsync(cancellationToken);

    /// <summary>The fact that an entry carries.</summary>
    public async Task<Entry> EntryAsync(IncidentId incident, long version, CancellationToken cancellationToken)
    {
        var slice = await store.ReadAsync(incident.Stream, version - 1, 1, cancellationToken);
        return slice.Entries is [var entry] ? entry : throw new StoreException($"Entry {version} of {incident} is missing.");
    }

    /// <summary>The message that carried out an effect, as the record has it; null when none did.</summary>
    public async Task<MessageId?> CarrierAsync(IncidentId incident, EffectKey effect, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(incident.Stream, effect.Done, cancellationToken) is not { } done)
        {
            return null;
        }

        return (await EntryAsync(incident, done.Version, cancellationToken)).Fact switch
        {
            EffectDone { Posted: { } posted } => posted,
            ChatRecord post => new MessageId(post.Room, post.MessageId),
            _ => null,
        };
    }

    /// <summary>Records something that happened in the incident's room. Our own posts answer the effect they carry out as well.</summary>
    public Task<Settled<Incident>> RecordAsync(IncidentId incident, RecordedMessage message, CancellationToken cancellationToken)
    {
        var order = new Order<Incident>(message.Stamp, "chat", now => now.HasSeen(message) ? Decision.Nothing : Decision.Accept(message.Record))
        {
            TwinKeys = message.Record is { Effect: { } effect, Kind: ChatKind.Message } ? [effect.Done] : [],
        };
        return Of(incident).SettleAsync(order, cancellationToken);
    }

    /// <summary>Records what came of an effect, once for each cause, whatever happened in the incident meanwhile.</summary>
    public Task<Settled<Incident>> SettleEffectAsync(IncidentId incident, string causeKey, Fact fact, CancellationToken cancellationToken) =>
        Of(incident).SettleAsync(
            new Order<Incident>(new Stamp(causeKey, time.GetUtcNow(), Actor.System, Source.Self), "effect", _ => Decision.Accept(fact)) { Background = true },
            cancellationToken);
}
