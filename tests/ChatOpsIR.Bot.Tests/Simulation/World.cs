using ChatOpsIR.Bot.Tests.Simulation.Tables;
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
        Machines = [new Machine(Time), new Machine(Time)];
        Trace = new Trace(() => Time.GetUtcNow() - Time.Start);
        Crossings = new Crossings(this);
        Workspace = new Workspace(new WorkspaceSettings(), Time);
        Record = Weather.InTables ? InTables() : InSqlite();
        Trace.Say($"seed {seed} {Weather}");
    }

    public Dice Dice { get; }

    public Weather Weather { get; set; }

    public SimulatedTime Time { get; }

    /// <summary>What the bots run on. A database in a file is on the one that they all share.</summary>
    public IList<Machine> Machines { get; }

    /// <summary>The furthest that any clock was off.</summary>
    public TimeSpan ClocksOffBy { get; private set; }

    /// <summary>When something last came through that everybody had given up, or came late.</summary>
    public DateTimeOffset LastLate { get; private set; }

    public Trace Trace { get; }

    public Crossings Crossings { get; }

    public Workspace Workspace { get; }

    public SimulatedRecord Record { get; }

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

    /// <summary>Whatever has to follow from it has as long as after the storm.</summary>
    public void Late() => LastLate = Time.GetUtcNow();

    public void SetClock(Machine machine, TimeSpan ahead)
    {
        Trace.Say($"the clock of machine {Machines.IndexOf(machine)} is {ahead.TotalSeconds} s ahead");
        machine.Ahead = ahead;
        ClocksOffBy = ahead.Duration() > ClocksOffBy ? ahead.Duration() : ClocksOffBy;
    }

    public void Break(string why) => Broken ??= why;

    public void Dispose()
    {
        Record.Dispose();
        Workspace.Dispose();
    }

    private RecordInSqlite InSqlite() => new(SqliteStorage.Open(new SqliteSettings("default", null) { Time = Machines[0], Randomness = Dice.Apart(), Inline = true }));

    private RecordInTables InTables()
    {
        var account = new SimulatedAccount();
        return new RecordInTables(account, SimulatedTables.Open(account, Time, Dice.Apart()));
    }
}
