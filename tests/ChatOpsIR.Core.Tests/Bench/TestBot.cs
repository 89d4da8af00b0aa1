using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>
/// All of Core on the transcript platform and a database in memory, on one thread and a clock that only the test moves: whatever an
/// order brings about has happened when the order is answered.
/// </summary>
internal sealed partial class TestBot : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    public static readonly PersonId Ada = new(TranscriptPlatform.Product, TranscriptPlatform.House, "8:ada");
    public static readonly PersonId Grace = new(TranscriptPlatform.Product, TranscriptPlatform.House, "8:grace");
    public static readonly PersonId Linus = new(TranscriptPlatform.Product, TranscriptPlatform.House, "8:linus");
    public static readonly IncidentId One = new(1);

    /// <summary>The war room of <see cref="DeclaredAsync"/>.</summary>
    public const string RoomName = "inc-1-checkout-returns-500s";

    private readonly CancellationTokenSource stopping = new();
    private readonly bool ownsStorage;
    private int said;

    public TestBot()
        : this(new FakeTimeProvider(Start), null, null, null, null)
    {
    }

    private TestBot(FakeTimeProvider time, SqliteStorage? storage, TranscriptPlatform? hall, ILeases? leases, Fuse? fuse, IDirectory? directory = null)
    {
        ownsStorage = storage is null;
        Time = time;
        Storage = storage ?? SqliteStorage.Open(new SqliteSettings("acme", null) { Time = time, Randomness = Dice, Inline = true });
        Hall = hall ?? new TranscriptPlatform(time);
        Store = new TroubledStore(fuse?.Around(Storage.Streams) ?? Storage.Streams);
        Directory = directory ?? fuse?.Around(Storage.Directory) ?? Storage.Directory;
        leases ??= fuse?.Around(Storage.Leases) ?? Storage.Leases;
        IChatPlatform[] platforms = [fuse?.Around<IChatPlatform>(Hall) ?? Hall];
        Streams = new IncidentStreams(Store, new IncidentRules(Policy, Directory, Wakes, Bell), Execution.Inline, time);
        People = new People(Directory, platforms, time);
        var catchingUp = new CatchingUp(Streams, Store, platforms, Bell, time);
        var tellingSubscribers = new TellingSubscribers(Streams, Directory, People, platforms, Policy, time);
        var elsewhere = new PostsElsewhere(Streams, tellingSubscribers);
        Desk = new Desk(Streams, Directory, People, new Declaring(Streams, Directory, Policy, Storage.Hash, Dice), new Subscribing(Streams),
            new Questions(Streams, Directory, new LookingBack(Store, time), new TimelineAnswers(Store, new HallLinks(), platforms, Policy), Policy),
            catchingUp,
            elsewhere,
            Policy);
        Reminding = new Reminding(Streams, Directory, Wakes, Policy, time);
        Redacting = new Redacting(Streams, Store, Directory);
        Reconciling = new Reconciling(Streams, Directory, Reminding, Redacting, Policy, Bell, time);
        var painting = new Painting(Streams, Directory, platforms, Policy);
        var attempt = new EffectAttempt(Streams, Directory, platforms, painting, catchingUp, tellingSubscribers, elsewhere, Policy, time);
        Runner = new EffectRunner(
            Streams, leases, attempt, painting, catchingUp, Bell, time, (_, problem) => Reports.Add(problem));
    }

    public Policy Policy { get; } = DefaultPolicy.Text;

    public FakeTimeProvider Time { get; }

    public SqliteStorage Storage { get; }

    public TroubledStore Store { get; }

    public IDirectory Directory { get; }

    public TranscriptPlatform Hall { get; }

    public Dice Dice { get; } = new();

    public WakeUps Wakes { get; } = new();

    public Bell Bell { get; } = new();

    public IncidentStreams Streams { get; }

    public People People { get; }

    public Desk Desk { get; }

    public Reminding Reminding { get; }

    public Redacting Redacting { get; }

    public Reconciling Reconciling { get; }

    public EffectRunner Runner { get; }

    /// <summary>What the runner could not make sense of.</summary>
    public List<Exception> Reports { get; } = [];

    public List<string> Transcript => Hall.Transcript;

    /// <summary>A bot that carries out what it promises.</summary>
    /// <param name="time">The clock it goes by; one that only goes forward where nothing is said.</param>
    public static TestBot Running(FakeTimeProvider? time = null)
    {
        var bot = new TestBot(time ?? new FakeTimeProvider(Start), null, null, null, null);
        bot.Work();
        return bot;
    }

    /// <summary>Another process over the same database, in the same hall, by the same clock.</summary>
    public TestBot Beside(ILeases? leases = null) => new(Time, Storage, Hall, leases, null) { said = 1_000_000 };

    /// <summary>Another process over the same record, with another directory beside it.</summary>
    public TestBot With(IDirectory directory) => new(Time, Storage, Hall, null, null, directory) { said = 1_000_000 };

    /// <summary>Another process, which ends in the middle of what it does.</summary>
    public TestBot Beside(Fuse fuse)
    {
        var bot = new TestBot(Time, Storage, Hall, null, fuse);
        fuse.Blow = bot.Stop;
        return bot;
    }

    /// <summary>Declares INC-1, a SEV1 incident managed by Ada; gives its war room.</summary>
    public async Task<RoomId> DeclaredAsync()
    {
        await SaysAsync(Ada, "declare Checkout returns 500s sev:1");
        return Hall.Rooms.FirstOrDefault(room => room.Name == RoomName)?.Id ?? default;
    }

    public void Work() => Runner.Start(stopping.Token);

    /// <summary>Ends the process in the middle of whatever it does: nothing is given back.</summary>
    public void Stop() => stopping.Cancel();

    /// <summary>A typed line; <c>@name</c> names somebody of the house.</summary>
    public Said Line(PersonId who, string line, RoomId? room = null, string? cause = null) => new(who, room, Pieces(line), cause ?? NextCause(), Time.GetUtcNow());

    public Task<Answer> SaysAsync(PersonId who, string line, RoomId? room = null, string? cause = null) => Desk.SayAsync(Line(who, line, room, cause), default);

    /// <summary>Types a line; gives the answer's text.</summary>
    public async Task<string> AsksAsync(PersonId who, string line, RoomId? room = null, string? cause = null) => await SaysAsync(who, line, room, cause) switch
    {
        Answer.Show show => PlainText.Of(show.Card),
        Answer.Ask ask => $"form {ask.Form.Title}: {string.Join(", ", ask.Form.Fields.Select(field => field.Name))}",
        var other => other.ToString()!,
    };

    /// <summary>Sends a form.</summary>
    public Task<Answer> SendsAsync(PersonId who, string verb, IncidentId? incident, params (string Field, string Value)[] values) =>
        Desk.SubmitAsync(new Submitted(who, null, verb, incident, values.ToImmutableDictionary(value => value.Field, value => value.Value), NextCause(), Time.GetUtcNow()), default);

    public Task<Incident> IncidentAsync(IncidentId id) => Streams.ReadAsync(id, default);

    /// <summary>Every fact of an incident, oldest first.</summary>
    public async Task<ImmutableArray<Fact>> FactsAsync(IncidentId id) =>
        [.. (await Storage.Streams.ReadAsync(id.Stream, 0, 1000, default)).Entries.Select(entry => entry.Fact)];

    /// <summary>Lets time pass and tells what became due, as a wake-up would.</summary>
    public async Task LaterAsync(TimeSpan by)
    {
        Time.Advance(by);
        await Reminding.FireDueAsync(default);
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
        if (ownsStorage)
        {
            Storage.Dispose();
        }
    }

    private string NextCause() => string.Create(CultureInfo.InvariantCulture, $"hall:said:{++said}");

    private static ImmutableArray<Piece> Pieces(string line) => [.. Names().Split(line).Where(part => part.Length > 0)
        .Select(part => part is ['@', .. var name] ? (Piece)new PersonPiece(Ada with { User = $"8:{name}" }, name) : new TextPiece(part))];

    [GeneratedRegex("(@[a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
