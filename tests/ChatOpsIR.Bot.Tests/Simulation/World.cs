using ChatOpsIR.Playground;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Everything that outlives the bot: the clock, the workspace, the record, and what is on its way between them.</summary>
internal sealed class World : IDisposable
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly int thread = Environment.CurrentManagedThreadId;

    public World(ulong seed)
    {
        Dice = new Dice(seed);
        Weather = Weather.Drawn(Dice);
        Time = new SimulatedTime(Morning, OnThread);
        Trace = new Trace(() => Time.GetUtcNow() - Time.Start);
        Crossings = new Crossings(this);
        Workspace = new Workspace(new WorkspaceSettings(), Time);
        Storage = SqliteStorage.Open(new SqliteSettings("default", null) { Time = Time, Randomness = Dice.Apart(), Inline = true });
        Trace.Say($"seed {seed} {Weather}");
    }

    public Dice Dice { get; }

    public Weather Weather { get; set; }

    public SimulatedTime Time { get; }

    public Trace Trace { get; }

    public Crossings Crossings { get; }

    public Workspace Workspace { get; }

    public SqliteStorage Storage { get; }

    /// <summary>What ran where it must not, or false promises of the bot's own code; null while all is well.</summary>
    public string? Broken { get; private set; }

    /// <summary>Everything has to run on the one thread: work that left it comes back in an order that nobody can replay.</summary>
    public void OnThread(string what)
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            Break($"Something left the simulation's thread: {what}. Look for a cancelled Task.Delay, CancelAsync, or a task source that resumes asynchronously.");
        }
    }

    public void Break(string why) => Broken ??= why;

    public void Dispose()
    {
        Storage.Dispose();
        Workspace.Dispose();
    }
}
