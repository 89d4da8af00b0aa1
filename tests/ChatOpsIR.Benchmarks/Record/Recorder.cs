using System.Globalization;
using System.Text;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Benchmarks.Record;

/// <summary>The road from a record to the disk, without the web: the bot's own mailboxes, rules and store.</summary>
internal sealed class Recorder
{
    private static readonly PersonId Ada = new("slack", "T0PLAY0001", "U0ADA");
    private readonly TimeProvider time = TimeProvider.System;

    public Recorder(RecordStorage storage)
    {
        Storage = storage;
        var rules = new IncidentRules(DefaultPolicy.Text, storage.Directory, new NoReminders(), new Bell());
        Streams = new IncidentStreams(storage.Streams, rules, Execution.Threaded, time);
    }

    public RecordStorage Storage { get; }

    public IncidentStreams Streams { get; }

    /// <summary>An incident with its room, as it stands after a declaration.</summary>
    public async Task DeclareAsync(IncidentId incident)
    {
        await SettleAsync(incident, new IncidentDeclared("Benchmark", Severity.Sev3, false, "slack", "T0PLAY0001", "inc", Ada, DefaultPolicy.Text.Name));
        var open = (await Streams.ReadAsync(incident, CancellationToken.None)).Pending.First(pending => pending.Effect is Core.Reactions.OpenRoom);
        await SettleAsync(incident, new RoomOpened(open.Key, RoomOf(incident), "T0PLAY0001", "inc"));
    }

    /// <summary>Many producers, each of which says its next message when its last is durable, going round the incidents.</summary>
    public async Task SayAsync(IReadOnlyList<IncidentId> incidents, int producers, int from, int many)
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => ProduceAsync()));

        async Task ProduceAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < from + many; i = Interlocked.Increment(ref next))
            {
                var incident = incidents[i % incidents.Count];
                await Streams.RecordAsync(incident, Message(incident, i), CancellationToken.None);
            }
        }
    }

    /// <summary>A message as the adapter hands it over: its text, and Slack's own object beside it.</summary>
    public RecordedMessage Message(IncidentId incident, int number)
    {
        var now = time.GetUtcNow();
        var ts = string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds()}.{number:D6}");
        var room = RoomOf(incident);
        var text = string.Create(CultureInfo.InvariantCulture, $"The error rate of checkout fell to 2 % after the restart of node {number}; I keep watching the queue.");
        return new RecordedMessage(
            new Stamp($"slack:{room.Id}:{number}:{ts}", now, Actor.Of(Ada), Source.Live),
            new ChatRecord(ChatKind.Message, room, ts)
            {
                Author = Actor.Of(Ada),
                Text = text,
                Original = Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"user":"U0ADA","type":"message","ts":"{{ts}}","client_msg_id":"7a1c9f3e-0000-4000-8000-{{number:D12}}","text":"{{text}}","team":"T0PLAY0001","blocks":[{"type":"rich_text","block_id":"b{{number:D6}}","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"{{text}}"}]}]}],"channel":"{{room.Id}}","event_ts":"{{ts}}","channel_type":"channel"}""")),
            });
    }

    private static RoomId RoomOf(IncidentId incident) => new("slack", string.Create(CultureInfo.InvariantCulture, $"C0BENCH{incident.Number:D3}"));

    private Task<Settled<Incident>> SettleAsync(IncidentId incident, Fact fact) => Streams.Of(incident).SettleAsync(
        new Order<Incident>(new Stamp(null, time.GetUtcNow(), Actor.Of(Ada), Source.Live), "bench", _ => Decision.Accept(fact)), CancellationToken.None);

    private sealed class NoReminders : IReminders
    {
        public void WakeAt(DateTimeOffset bucket)
        {
        }
    }
}
