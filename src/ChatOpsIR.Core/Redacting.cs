using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>What is to lose its text, who wants it and why.</summary>
/// <param name="Stamp">Makes a repeat harmless.</param>
public sealed record RedactionOrder(Stamp Stamp, PersonId RequestedBy, PersonId ApprovedBy, string Reason)
{
    /// <summary>Messages, whose every version goes.</summary>
    public ImmutableArray<MessageId> Messages { get; init; } = [];

    /// <summary>Entries. One that is about a message stands for the message.</summary>
    public ImmutableArray<long> Versions { get; init; } = [];
}

/// <summary>
/// Takes text out of the record for good (design page, section 4). First an entry says so, and from there on nothing that comes later
/// brings the text back; then the entries are emptied. A sweep repeats the latter until it is done.
/// </summary>
public sealed class Redacting(IncidentStreams streams, IStreamStore store, IDirectory directory)
{
    /// <summary>As many entries have room in the data of one that names them.</summary>
    private const int MostPerFact = 400;

    /// <summary>One order never spans two transactions.</summary>
    private const int MostFacts = 20;

    private const int MostMessages = 200;

    private const int Tries = 100;

    private readonly Lock gate = new();
    private readonly Dictionary<IncidentId, long> swept = [];

    /// <summary>Redacts, and answers when the text is gone. Whoever asks again under the same cause only has what is left swept.</summary>
    /// <exception cref="StoreException">The store did not answer. What was recorded of it is carried out by a later sweep.</exception>
    public async Task<Settled<Incident>> RedactAsync(IncidentId id, RedactionOrder order, CancellationToken cancellationToken)
    {
        var incident = await streams.ReadAsync(id, cancellationToken);
        if (Refuses(incident, order) is { } refusal)
        {
            return new Settled<Incident>(incident, [], refusal, Repeated: null);
        }

        var settled = await RecordAsync(id, order, cancellationToken);
        if (!settled.Entries.IsEmpty)
        {
            // The reconciler goes by this row where the sweep fails. A round that began before the append may have removed it since.
            await directory.TouchActiveAsync(id, cancellationToken);
        }

        await SweepAsync(settled.State, cancellationToken);
        return settled;
    }

    /// <summary>Empties what was named and may not be empty yet. Nothing is read when nothing can be.</summary>
    public async Task SweepAsync(Incident incident, CancellationToken cancellationToken)
    {
        var from = SweptThrough(incident.Id);
        if (incident.Redactions is not [.., var last] || last <= from)
        {
            return;
        }

        var named = new SortedSet<long>();
        foreach (var version in incident.Redactions.Where(version => version > from))
        {
            named.UnionWith(((Redacted)(await streams.EntryAsync(incident.Id, version, cancellationToken)).Fact).Versions);
        }

        var head = (await store.ReadAsync(incident.Id.Stream, incident.Version - 1, 1, cancellationToken)).Head;
        await store.RedactAsync(incident.Id.Stream, named, new Snapshot<Incident>(incident, head), cancellationToken);
        lock (gate)
        {
            swept[incident.Id] = last;
        }
    }

    private static Refusal? Refuses(Incident incident, RedactionOrder order) => order switch
    {
        _ when !incident.Exists => Because.NoSuchIncident,
        _ when order.RequestedBy == order.ApprovedBy => Because.RedactionTakesTwo,
        _ when order.Versions.Any(version => version < 1 || version > incident.Version) => Because.NothingToRedact,
        { Messages.IsEmpty: true, Versions.IsEmpty: true } => Because.NothingToRedact,
        _ => null,
    };

    private async Task<Settled<Incident>> RecordAsync(IncidentId id, RedactionOrder order, CancellationToken cancellationToken)
    {
        var traces = new TextTraces(store, id.Stream);
        var refusal = await traces.FindAsync(order.Messages, order.Versions, cancellationToken);
        for (var tries = 0; tries < Tries; tries++)
        {
            var settled = await streams.Of(id).SettleAsync(
                new Order<Incident>(order.Stamp, "redact", now => Decide(now, order, traces, refusal)), cancellationToken);
            if (settled.Refused != Vanished.RecordHasGrown)
            {
                return settled;
            }

            await traces.ReadOnAsync(cancellationToken);
        }

        throw new StoreException($"{id} grew {Tries} times while it was searched for what has to be redacted.");
    }

    // What was found holds only for the record as it was read: something that was said meanwhile may repeat the text.
    private static Decision Decide(Incident now, RedactionOrder order, TextTraces traces, Refusal? refusal) => now switch
    {
        _ when refusal is not null => Decision.Refuse(refusal),
        _ when now.Version != traces.Through => Decision.Refuse(Vanished.RecordHasGrown),
        _ when traces.Entries.Count > MostPerFact * MostFacts || traces.Messages.Count > MostMessages => Decision.Refuse(Because.TooMuchToRedact),
        _ when now.Pending.Any(pending => traces.Entries.ContainsKey(pending.Key.Version) || (traces.HasFacts && Speaks(pending.Effect))) =>
            Decision.Refuse(Because.TextIsNeeded),
        _ => Decision.Accept([.. Facts(order, traces)]),
    };

    // It shows what the state holds, whichever fact promised it, and may be on its way: what is posted is recorded afterwards.
    private static bool Speaks(Effect effect) => effect is { SpeaksInRoom: true } or TellPerson or SendDutyCard or TellSubscribers or Announce;

    private static IEnumerable<Fact> Facts(RedactionOrder order, TextTraces traces) =>
        traces.Entries.Chunk(MostPerFact).Select((named, i) => new Redacted(
            [.. named.Select(entry => entry.Key)],
            [.. named.Select(entry => entry.Value)],
            i == 0 ? [.. traces.Messages.OrderBy(message => message.Key, StringComparer.Ordinal)] : [],
            order.RequestedBy,
            order.ApprovedBy,
            order.Reason));

    private long SweptThrough(IncidentId incident)
    {
        lock (gate)
        {
            return swept.GetValueOrDefault(incident);
        }
    }
}
