using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Effects;
using ChatOpsIR.Bot.Tests.Playground;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Playground;
using ChatOpsIR.Slack;
using ChatOpsIR.Slack.Inbound;
using ChatOpsIR.Slack.Outbound;
using ChatOpsIR.Storage.Format;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Failures;

/// <summary>
/// The bot's own pieces from the door to the record, with the playground's workspace as Slack, under a clock that the test owns. The
/// store, the directory and the line to Slack can be broken.
/// </summary>
internal sealed class PlayedBot : IAsyncDisposable
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    private readonly ServiceProvider services;
    private readonly SqliteStorage storage;
    private readonly bool isGuest;
    private CancellationTokenSource stopping = new();

    public PlayedBot(Func<WorkspaceSettings, WorkspaceSettings>? change = null, params (string Key, string Value)[] settings)
        : this(new Playing(change), null, settings)
    {
    }

    private PlayedBot(Playing played, SqliteStorage? shared, (string Key, string Value)[] settings)
    {
        Played = played;
        Played.Workspace.PointResponsesTo("http://127.0.0.1/playground/slack/response/");
        Slack = new UnreliableSlack(Played.Workspace, Clock);
        isGuest = shared is not null;
        storage = shared ?? SqliteStorage.Open(new SqliteSettings("acme", null) { Time = Clock, Inline = true, Randomness = new Counting() });
        Store = Unreliable<IStreamStore>.Around(storage.Streams, Clock);
        Directory = Unreliable<IDirectory>.Around(storage.Directory, Clock);
        services = Services(settings).BuildServiceProvider();
        services.GetRequiredService<EffectRunner>().Start(stopping.Token);
    }

    public Playing Played { get; }

    public FakeTimeProvider Clock => Played.Clock;

    public UnreliableSlack Slack { get; }

    public Unreliable<IStreamStore> Store { get; }

    public Unreliable<IDirectory> Directory { get; }

    public SlackDoor Door => services.GetRequiredService<SlackDoor>();

    public IncidentStreams Streams => services.GetRequiredService<IncidentStreams>();

    public Reconciling Reconciling => services.GetRequiredService<Reconciling>();

    public Declaring Declaring => services.GetRequiredService<Declaring>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Another instance of the bot on the same store.</summary>
    public PlayedBot Elsewhere() => new(Played, storage, []);

    /// <summary>Stops carrying out promises; what is promised from now on waits.</summary>
    public void StopWorking() => stopping.Cancel();

    /// <summary>Takes up what waited.</summary>
    public async Task GoOnWorkingAsync()
    {
        stopping.Dispose();
        stopping = new CancellationTokenSource();
        services.GetRequiredService<EffectRunner>().Start(stopping.Token);
        await Reconciling.RunAsync(Ct);
    }

    public Task<Incident> IncidentAsync(int number = 1) => Streams.ReadAsync(new IncidentId(number), Ct);

    /// <summary>Sends a request to the door, signed as Slack would. Slack waits three seconds, and half of one belongs to the network.</summary>
    public async Task<SlackReply> SendAsync(Delivery delivery)
    {
        var answer = KnockAsync(delivery);
        var step = TimeSpan.FromMilliseconds(50);
        for (var waited = TimeSpan.Zero; !answer.IsCompleted; waited += step)
        {
            Assert.True(waited < TimeSpan.FromSeconds(2.5), "The answer did not come in time.");
            Clock.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Ct);
        }

        return await answer;
    }

    private async Task<SlackReply> KnockAsync(Delivery delivery)
    {
        var (timestamp, signature) = RequestSigner.Sign(Secret, delivery.Body, Clock.GetUtcNow());
        var route = delivery.Kind switch
        {
            DeliveryKind.Event => SlackRoute.Events,
            DeliveryKind.Command => SlackRoute.Commands,
            DeliveryKind.Options => SlackRoute.Options,
            _ => SlackRoute.Interactivity,
        };
        using var budget = Door.Start(Ct);
        return await Door.HandleAsync(route, new SlackHttpRequest(delivery.ContentType, timestamp, signature, delivery.Body), budget, Ct);
    }

    /// <summary>Somebody does something that the bot has to answer; gives what it answered.</summary>
    public async Task<string> ActAsync(string who, string deed, JsonObject more)
    {
        var act = Played.Act(who, deed, more);
        Assert.True(act.Delivery is not null, act.Error);
        Played.Workspace.TakeDeliveries();
        return DoorText(await SendAsync(act.Delivery));
    }

    public Task<string> TypeAsync(string who, string text, string channel = "incidents") =>
        ActAsync(who, "command", new JsonObject { ["channel"] = channel, ["text"] = text });

    /// <summary>Declares an incident and waits for its war room.</summary>
    public async Task<string> WithWarRoomAsync(string text = "/incident declare Checkout returns 500s sev:1")
    {
        await TypeAsync("mara", text);
        await PassTimeAsync(TimeSpan.FromSeconds(10));
        return (await IncidentAsync()).Room!.Name;
    }

    /// <summary>Lets time go by, while everything that the workspace has to say is heard.</summary>
    public async Task PassTimeAsync(TimeSpan span)
    {
        await HearAsync();
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromSeconds(1))
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await HearAsync();
        }
    }

    /// <summary>Delivers the events that wait, until there are none.</summary>
    public async Task HearAsync()
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Ct);
            var waiting = Played.Workspace.TakeDeliveries();
            if (waiting.Count == 0)
            {
                return;
            }

            foreach (var delivery in waiting.Where(delivery => delivery.Kind is DeliveryKind.Event))
            {
                Assert.Equal(200, (await SendAsync(delivery)).Status);
            }
        }
    }

    /// <summary>What people see in a channel, oldest first.</summary>
    public IReadOnlyList<string> SeenIn(string channel) =>
        [.. Played.Workspace.Look().Channel(channel)?.Messages.Where(message => message.Visible).Select(message => message.Text) ?? []];

    /// <summary>What the bot wrote to somebody in person.</summary>
    public IReadOnlyList<string> ToldInPerson(string handle) =>
    [
        .. Played.Workspace.Look().Channels.Where(channel => channel.Kind is ChannelKind.Direct && channel.Members.Contains(Played.Id(handle)))
            .SelectMany(channel => channel.Messages).Where(message => message.FromBot).Select(message => message.Text),
    ];

    public async Task<IReadOnlyList<RawEntry>> EntriesAsync(StreamId stream)
    {
        var entries = new List<RawEntry>();
        while (await storage.Raw.ReadRawAsync(stream, entries.Count, 500, Ct) is { Count: > 0 } page)
        {
            entries.AddRange(page);
        }

        return entries;
    }

    public Task<IReadOnlyList<RawEntry>> EntriesAsync(int incident = 1) => EntriesAsync(new IncidentId(incident).Stream);

    /// <summary>How much is stored: entries of the streams in question, and rows of the directory that speak of work.</summary>
    public async Task<int> StoredAsync() =>
        (await EntriesAsync(StreamId.Numbers)).Count + (await EntriesAsync(1)).Count + (await EntriesAsync(2)).Count +
        (await storage.Directory.ListActiveAsync(Ct)).Length;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();

        // Polly waits, by the test's clock, for calls that are still under way.
        var disposing = services.DisposeAsync().AsTask();
        while (!disposing.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);
        }

        await disposing;
        if (!isGuest)
        {
            storage.Dispose();
        }

        stopping.Dispose();
    }

    private static string DoorText(SlackReply reply)
    {
        Assert.Equal(200, reply.Status);
        return System.Text.Encoding.UTF8.GetString(reply.Body.Span);
    }

    private ServiceCollection Services((string Key, string Value)[] settings)
    {
        Dictionary<string, string?> configured = new()
        {
            ["Slack:SigningSecret"] = Secret,
            ["Slack:BotToken"] = Played.Workspace.Settings.BotToken,
            ["Slack:ApiBaseUrl"] = "http://127.0.0.1/playground/slack/api/",
            ["Slack:AnnounceChannel"] = "incidents",
        };
        foreach (var (key, value) in settings)
        {
            configured[key] = value;
        }

        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configured).Build());
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSingleton(Store.Port);
        collection.AddSingleton(Directory.Port);
        collection.AddSingleton(storage.Leases);
        collection.AddSingleton(storage.Hash);
        collection.AddSingleton<IRandomness>(new SystemRandomness());
        collection.AddSingleton<IReminders>(new NoReminders());
        collection.AddDesk();
        collection.AddEffects();
        collection.AddSlack();
        collection.AddHttpClient(SlackApi.ClientName).ConfigurePrimaryHttpMessageHandler(() => Slack);
        collection.AddSingleton(Execution.Inline);
        return collection;
    }

    /// <summary>The same in every run, so that two bots with one script keep the same record.</summary>
    private sealed class Counting : IRandomness
    {
        private long next;

        public void Fill(Span<byte> bytes)
        {
            bytes.Clear();
            BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref next));
        }
    }

    /// <summary>Only the reconciler tells what is due.</summary>
    private sealed class NoReminders : IReminders
    {
        public void WakeAt(DateTimeOffset bucket)
        {
        }
    }
}
