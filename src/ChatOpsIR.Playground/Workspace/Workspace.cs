using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>A Slack-compatible workspace: channels, people, messages, forms, and what its one bot must hear. Synchronous and deterministic:
/// it starts no thread, does no I/O but through its journal, and asks its <see cref="TimeProvider"/> for the time.</summary>
public sealed class Workspace : IDisposable
{
    private readonly Lock gate = new();
    private readonly IWorkspaceJournal? journal;
    private readonly WorkspaceState state;
    private readonly WebApi api;
    private readonly Acts acts;
    private readonly Answers answers;
    private readonly LateAnswers lateAnswers;
    private long version;

    public Workspace(WorkspaceSettings settings, TimeProvider clock, IWorkspaceJournal? journal = null)
        : this(settings, clock, journal, journal?.Read() ?? [])
    {
    }

    private Workspace(WorkspaceSettings settings, TimeProvider clock, IWorkspaceJournal? journal, IEnumerable<WorkspaceRecord> saved)
    {
        this.journal = journal;
        Chaos = new Chaos(clock, settings.ChaosSeed);
        Chaos.Changed += () =>
        {
            Interlocked.Increment(ref version);
            Changed?.Invoke();
        };
        state = new WorkspaceState(settings, clock);
        var events = new Events(state);
        var posts = new Posts(state, events);
        var room = new Room(state, events, posts);
        api = new WebApi(state, events, room, posts);
        acts = new Acts(state, room, posts, new Interactions(state, new Payloads(state)));
        answers = new Answers(state, posts);
        lateAnswers = new LateAnswers(state, posts);
        state.Load(saved);
        if (state.People.Count == 0)
        {
            Seed.Plant(state);
            Keep();
        }
    }

    /// <summary>Something changed or waits in the outbox. Raised outside the lock, on the thread that caused it.</summary>
    public event Action? Changed;

    /// <summary>Slack's troubles, for the host that delivers and serves: the engine itself is always calm.</summary>
    public Chaos Chaos { get; }

    public WorkspaceSettings Settings => state.Settings;

    /// <summary>The latest moment that anything in the workspace carries.</summary>
    public DateTimeOffset LastMoment
    {
        get
        {
            lock (gate)
            {
                return DateTimeOffset.UnixEpoch.AddMicroseconds(state.Counters.LastMicros);
            }
        }
    }

    /// <summary>Where response URLs point from now on: a host learns its own address only when it has started.</summary>
    public void PointResponsesTo(string responseUrlBase)
    {
        lock (gate)
        {
            state.ResponseUrlBase = responseUrlBase;
        }
    }

    /// <summary>Grows with every change.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>One call of the Web API.</summary>
    /// <param name="method">Such as <c>chat.postMessage</c>.</param>
    /// <param name="token">The bearer token, null when none was sent.</param>
    /// <param name="arguments">Form fields as strings, or the JSON body.</param>
    /// <param name="fromJson">Whether they came as a JSON body, which some methods do not read.</param>
    public ApiResponse Call(string method, string? token, JsonObject arguments, bool fromJson = true) =>
        Under(() => api.Call(method, token, arguments, fromJson));

    /// <summary>Something that a person does: <c>{as, do, …}</c>.</summary>
    public ActResult Act(JsonObject act) => Under(() => acts.Do(act));

    /// <summary>Everything that the bot must hear and has not been handed out yet.</summary>
    public IReadOnlyList<Delivery> TakeDeliveries()
    {
        lock (gate)
        {
            Delivery[] taken = [.. state.Outbox];
            state.Outbox.Clear();
            return taken;
        }
    }

    /// <summary>What the bot said to a delivery, shown to whoever waits for it. An event counts as heard, whatever the answer: call this
    /// once the bot took it, or once there are no more tries.</summary>
    public ActResult Answer(Delivery delivery, BotAnswer answer) => Under(() => answers.Take(delivery, answer));

    /// <summary>A post to a response URL.</summary>
    public (int Status, string Body) Respond(string responseId, JsonObject? message) => Under(() => lateAnswers.Take(responseId, message));

    /// <summary>The bytes of a file that stands in a message this person can see; null when there are none.</summary>
    public StoredFile? File(string id, string person)
    {
        lock (gate)
        {
            return state.Files.GetValueOrDefault(id) is { } file && CanSee(id, person) ? file : null;
        }
    }

    /// <summary>Everything, including what people can no longer see. For checkers and the page.</summary>
    public WorkspaceView Look()
    {
        lock (gate)
        {
            return Snapshot.Of(state);
        }
    }

    /// <summary>Writes the whole state, one record a line.</summary>
    public void Save(Stream to)
    {
        List<WorkspaceRecord> records;
        lock (gate)
        {
            Keep();
            records = state.Everything();
        }

        using var writer = new StreamWriter(to, leaveOpen: true);
        foreach (var record in records)
        {
            writer.WriteLine(JsonSerializer.Serialize(record));
        }
    }

    /// <summary>A workspace as it was when it was saved.</summary>
    public static Workspace Load(Stream from, WorkspaceSettings settings, TimeProvider clock)
    {
        List<WorkspaceRecord> records = [];
        using var reader = new StreamReader(from, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            records.Add(JsonSerializer.Deserialize<WorkspaceRecord>(line)!);
        }

        return new Workspace(settings, clock, null, records);
    }

    public void Dispose() => journal?.Dispose();

    private bool CanSee(string file, string person) => state.Channels.Values
        .Where(channel => channel.Kind == ChannelKind.Public || channel.Members.Contains(person))
        .SelectMany(channel => state.MessagesOf(channel.Id))
        .Any(message => message is { Deleted: false, Tombstone: false, Files: { } files } && files.Any(part => part.Text("id") == file));

    private T Under<T>(Func<T> work)
    {
        T result;
        lock (gate)
        {
            try
            {
                result = work();
            }
            finally
            {
                Keep();
            }

            Interlocked.Increment(ref version);
        }

        Changed?.Invoke();
        return result;
    }

    /// <summary>Durable before anybody hears of it.</summary>
    private void Keep()
    {
        var changes = state.TakeChanges();
        if (changes.Count > 0)
        {
            journal?.Write(changes);
        }
    }
}
