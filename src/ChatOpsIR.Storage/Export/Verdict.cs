using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Export;

/// <summary>What verifying a stream came to.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Every entry is there and is what it was when it was recorded.</summary>
    public sealed record Intact(long Count, Head Head, string Organisation, string Stream) : Verdict
    {
        /// <summary>Why what an export tells of its incident, beside the entries, was not compared with them; null when it was.</summary>
        public string? NotCompared { get; init; }
    }

    /// <summary>Every entry is what it was, and what the export tells of its incident beside them is something else.</summary>
    /// <param name="Why">A sentence for people.</param>
    public sealed record Misleading(string Why) : Verdict;

    /// <param name="Version">The first version that is not as it was recorded.</param>
    /// <param name="Why">A sentence for people.</param>
    public sealed record Broken(long Version, string Why) : Verdict;

    /// <summary>It is no export, or only a part of one, so nothing can be said about it.</summary>
    public sealed record Unreadable(string Why) : Verdict;
}
