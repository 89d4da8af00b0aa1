using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>Everything in the store, read once, so that each rule is a pure function of it.</summary>
internal sealed class WholeRecord
{
    private const int Page = 1000;

    private readonly List<string> unreadable = [];

    public required IReadOnlyList<StreamRecord> Streams { get; init; }

    public IReadOnlyList<IncidentRecord> Incidents { get; private set; } = [];

    public ImmutableArray<Entry> Numbers { get; private set; } = [];

    public required IReadOnlyList<ActiveRow> Active { get; init; }

    public required IReadOnlyList<DueRow> Due { get; init; }

    public required IReadOnlyList<(RoomId Room, IncidentId Incident)> Rooms { get; init; }

    public Snapshot<NumberBook>? BookSnapshot { get; private set; }

    /// <summary>Streams that nobody can fold, each as a violation.</summary>
    public IReadOnlyList<string> Unreadable => unreadable;

    public static async Task<WholeRecord> ReadAsync(RecordStorage storage, CancellationToken ct)
    {
        var streams = new List<StreamRecord>();
        foreach (var stream in await WholeStore.StreamsAsync(storage, ct))
        {
            var verdict = await StreamVerifier.VerifyAsync(storage.Organisation, stream, storage.Raw, ct);
            streams.Add(new StreamRecord(stream, await RawAsync(storage, stream, ct), verdict));
        }

        var record = new WholeRecord
        {
            Streams = streams,
            Active = await storage.Directory.ListActiveAsync(ct),
            Due = await storage.Directory.ListDueAsync(DateTimeOffset.MaxValue, int.MaxValue, ct),
            Rooms = await WholeStore.RoomsAsync(storage, ct),
            BookSnapshot = await storage.Streams.ReadSnapshotAsync<NumberBook>(StreamId.Numbers, ct),
        };
        await record.FoldAsync(storage.Streams, ct);
        return record;
    }

    private async Task FoldAsync(IStreamStore store, CancellationToken ct)
    {
        var incidents = new List<IncidentRecord>();
        foreach (var stream in Streams)
        {
            try
            {
                ImmutableArray<Entry> entries = [.. stream.Raw.Select(raw => EntryReader.Read(stream.Id, raw))];
                if (IncidentId.TryParse(stream.Id.Value, out var id))
                {
                    incidents.Add(IncidentRecord.Fold(id, entries, await store.ReadSnapshotAsync<Incident>(stream.Id, ct)));
                }
                else if (stream.Id == StreamId.Numbers)
                {
                    Numbers = entries;
                }
            }
            catch (Exception damaged) when (damaged is StoreException or System.Diagnostics.UnreachableException)
            {
                unreadable.Add($"I3: {stream.Id} cannot be folded: {damaged.Message}");
            }
        }

        Incidents = [.. incidents.OrderBy(incident => incident.Id.Number)];
    }

    private static async Task<IReadOnlyList<RawEntry>> RawAsync(RecordStorage storage, StreamId stream, CancellationToken ct)
    {
        var all = new List<RawEntry>();
        while (await storage.Raw.ReadRawAsync(stream, all is [.., var last] ? last.Version : 0, Page, ct) is [_, ..] page)
        {
            all.AddRange(page);
        }

        return all;
    }
}

internal sealed record StreamRecord(StreamId Id, IReadOnlyList<RawEntry> Raw, Verdict Verdict);

/// <param name="States">The state before the first entry, and after each.</param>
internal sealed record IncidentRecord(IncidentId Id, ImmutableArray<Entry> Entries, ImmutableArray<Incident> States, Snapshot<Incident>? Snapshot)
{
    public Incident Now => States[^1];

    public static IncidentRecord Fold(IncidentId id, ImmutableArray<Entry> entries, Snapshot<Incident>? snapshot)
    {
        var states = ImmutableArray.CreateBuilder<Incident>(entries.Length + 1);
        states.Add(new Incident { Id = id });
        foreach (var entry in entries)
        {
            states.Add(states[^1].Apply(entry.Version, entry.Stamp, entry.Fact, entry.Effects));
        }

        return new IncidentRecord(id, entries, states.ToImmutable(), snapshot);
    }

    /// <summary>Each entry with the state that it was decided upon.</summary>
    public IEnumerable<(Entry Entry, Incident Before, Incident After)> Steps => Entries.Select((entry, i) => (entry, States[i], States[i + 1]));
}
