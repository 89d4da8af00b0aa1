using System.Globalization;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Bot.Tests.Costs;

/// <summary>Alone, since the disk is busy with it for a while and others measure their time.</summary>
[CollectionDefinition(nameof(An_incident_of_a_hundred_thousand_entries), DisableParallelization = true)]
[Collection(nameof(An_incident_of_a_hundred_thousand_entries))]
public sealed class An_incident_of_a_hundred_thousand_entries : IDisposable
{
    private const int Many = 100_000;

    // A short incident is read entry by entry, a long one by a snapshot and the 24 entries at most that follow it.
    private const double MostBytes = 6;

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private static readonly PersonId Ada = new("slack", "T1", "U1");
    private static readonly IncidentId Short = new(1);
    private static readonly IncidentId Long = new(2);

    private readonly string folder = Directory.CreateTempSubdirectory("chatopsir-").FullName;

    private string Record => Path.Combine(folder, "record.db");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task costs_a_fresh_process_what_one_of_five_costs_to_open_show_and_add_a_message_to()
    {
        await BuildAsync();

        var few = await ColdAsync(Short, 0);
        var busiest = new Meter();
        for (var more = 0; more < 25; more++)
        {
            var full = await ColdAsync(Long, more);
            busiest = full.Bytes > busiest.Bytes ? full : busiest;

            // Every twenty-fifth message brings a snapshot, which is a request of its own.
            Assert.InRange(full.Requests, few.Requests, few.Requests + 1);
        }

        Assert.True(busiest.Bytes <= MostBytes * few.Bytes, $"Five entries: {few}. Many: {busiest}.");
        await CatchUpAsync();
    }

    // Somebody who was never there asks what happened: the answer comes in time, and says how far back it goes.
    private async Task CatchUpAsync()
    {
        using var storage = SqliteStorage.Open(new SqliteSettings("acme", Record));
        var bot = new Parts(storage.Streams, storage.Directory, storage);
        var late = Ada with { User = "U2" };
        await storage.Directory.PutPersonAsync(new Person(late, "Late", null, PersonKind.Member), Ct);
        var began = TimeProvider.System.GetTimestamp();

        var told = await bot.Desk.SayAsync(new Said(late, RoomOf(Long), [new TextPiece("catchup")], "catchup", Now), Ct);

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Contains("That is as far as I looked back", PlainText.Of(Assert.IsType<Answer.Show>(told).Card), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // What a process does that has just started: opens the file, shows where the incident stands, takes a message.
    private async Task<Meter> ColdAsync(IncidentId incident, int nth)
    {
        using var storage = SqliteStorage.Open(new SqliteSettings("acme", Record));
        var meter = new Meter();
        var bot = new Parts(new MeteredStore(storage.Streams, storage.Raw, meter), MeteredDirectory.Over(storage.Directory, meter), storage);

        var status = await bot.Desk.SayAsync(new Said(Ada, RoomOf(incident), [new TextPiece("status")], $"status {nth}", Now), Ct);
        Assert.Contains($"{incident} Lights out", Assert.IsType<Answer.Show>(status).Card.Summary, StringComparison.Ordinal);
        Assert.True(await bot.Desk.RecordAsync(Message(incident, $"cold {nth}"), Ct));
        return meter;
    }

    private async Task BuildAsync()
    {
        using var storage = SqliteStorage.Open(new SqliteSettings("acme", Record));
        var bot = new Parts(storage.Streams, storage.Directory, storage);
        foreach (var incident in new[] { Short, Long })
        {
            await storage.Directory.PutRoomAsync(RoomOf(incident), incident, Ct);
            await SettleAsync(bot, incident, new IncidentDeclared("Lights out", Severity.Sev1, false, "slack", "T1", "inc", Ada, DefaultPolicy.Text.Name));
            await SettleAsync(bot, incident, new RoomOpened(new EffectKey(incident.Stream, 1, 0), RoomOf(incident), "T1", "inc"));
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => bot.Streams.RecordAsync(Short, Message(Short, string.Create(CultureInfo.InvariantCulture, $"{i}")), Ct)));
        for (var from = 0; from < Many; from += 5_000)
        {
            await Task.WhenAll(Enumerable.Range(from, 5_000).Select(i => bot.Streams.RecordAsync(Long, Message(Long, string.Create(CultureInfo.InvariantCulture, $"{i}")), Ct)));
        }

        Assert.True((await bot.Streams.ReadAsync(Long, Ct)).Version >= Many);
    }

    private static Task<Settled<Incident>> SettleAsync(Parts bot, IncidentId incident, Fact fact) =>
        bot.Streams.Of(incident).SettleAsync(new Order<Incident>(new Stamp(null, Now, Actor.Of(Ada), Source.Live), "test", _ => Decision.Accept(fact)), Ct);

    private static RoomId RoomOf(IncidentId incident) => new("slack", $"C{incident.Number}");

    private static RecordedMessage Message(IncidentId incident, string id) => new(
        new Stamp($"slack:C{incident.Number}:{id}", Now, Actor.Of(Ada), Source.Live),
        new ChatRecord(ChatKind.Message, RoomOf(incident), id) { Author = Actor.Of(Ada), Text = $"Message {id}: the generators of hall two are starting up." });

    /// <summary>The road from the desk to the streams.</summary>
    private sealed class Parts
    {
        public Parts(IStreamStore store, IDirectory directory, SqliteStorage storage)
        {
            var policy = DefaultPolicy.Text;
            var time = TimeProvider.System;
            var bell = new Bell();
            Streams = new IncidentStreams(store, new IncidentRules(policy, directory, new NoReminders(), bell), Execution.Threaded, time);
            var people = new People(directory, [], time);
            Desk = new Desk(
                Streams, directory, people, new Declaring(Streams, directory, policy, storage.Hash, new SystemRandomness()),
                new Subscribing(Streams),
                new Questions(Streams, directory, new LookingBack(store, time), new TimelineAnswers(store, new NoLinks(), [], policy), policy),
                new CatchingUp(Streams, store, [], bell, time),
                new PostsElsewhere(Streams, new TellingSubscribers(Streams, directory, people, [], policy, time)),
                policy);
        }

        public IncidentStreams Streams { get; }

        public Desk Desk { get; }
    }

    private sealed class NoLinks : ITimelineLinks
    {
        public Uri For(IncidentId incident, PersonId person) => new($"http://127.0.0.1/incidents/{incident}");
    }

    private sealed class NoReminders : IReminders
    {
        public void WakeAt(DateTimeOffset bucket)
        {
        }
    }
}
