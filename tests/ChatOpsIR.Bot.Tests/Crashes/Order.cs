namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>What somebody wants of the bot, and how they behave when it dies under them.</summary>
internal abstract class Order
{
    /// <summary>How the bot says that it does not know: on a slow machine a store may not answer in time.</summary>
    protected const string NotConfirmed = "Not confirmed";

    /// <summary>What the world is like before; null for an empty one.</summary>
    public virtual Task<Template?> PrepareAsync() => Task.FromResult<Template?>(null);

    /// <summary>How many orders are given, one after the other was finished, before a new world is begun.</summary>
    public abstract int OrdersPerWorld { get; }

    /// <summary>Asks for it; true when it was answered as done.</summary>
    public abstract Task<bool> AskAsync(CrashWorld world);

    /// <summary>Nobody answered: looks how it stands, and asks again unless it was done. True when it is known to be done.</summary>
    public abstract Task<bool> LookAndAskAgainAsync(CrashWorld world);

    /// <summary>What the checker cannot know: how often it should be there.</summary>
    public abstract Task<IEnumerable<string>> BrokenAsync(CrashWorld world);
}
