using ChatOpsIR.Bot.Tests.Invariants;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>What somebody wants of the bot, and how they behave when it dies under them.</summary>
internal abstract class Order
{
    /// <summary>How it is called in reports, and by whoever asks for it.</summary>
    public abstract string Name { get; }

    /// <summary>How many orders are given, one after the other was finished, before a new world is begun.</summary>
    public abstract int OrdersPerWorld { get; }

    /// <summary>Time is pushed for it.</summary>
    public virtual bool PushesTime => false;

    /// <summary>Once in each world, before the first order.</summary>
    public virtual Task PrepareAsync(CrashWorld world) => Task.CompletedTask;

    /// <summary>Before each order, while nobody dies.</summary>
    public virtual Task BeforeEachAsync(CrashWorld world) => Task.CompletedTask;

    /// <summary>Asks for it; true when it was answered as done, or when nobody waits for an answer.</summary>
    public abstract Task<bool> AskAsync(CrashWorld world);

    /// <summary>Nobody answered: looks how it stands, and asks again unless it was done. True when it is known to be done.</summary>
    public virtual Task<bool> LookAndAskAgainAsync(CrashWorld world) => AskAsync(world);

    /// <summary>What the checker cannot know: how often it should be there.</summary>
    public abstract Task<IEnumerable<string>> BrokenAsync(CrashWorld world, WholeRecord record);
}
