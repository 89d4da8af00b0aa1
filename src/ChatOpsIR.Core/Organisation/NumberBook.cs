using System.Collections.Immutable;
using System.Diagnostics;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Organisation;

/// <summary>Which incident numbers are given out. Folded from the stream <c>numbers</c>.</summary>
public sealed record NumberBook
{
    /// <summary>How long the same words by the same person find the number that exists.</summary>
    public static readonly TimeSpan SameWordsWithin = TimeSpan.FromSeconds(60);

    public int Last { get; init; }

    public ImmutableArray<RecentNumber> Recent { get; init; } = [];

    /// <summary>Gives out the next number, unless this person said the same a moment ago.</summary>
    public Decision Number(string words) => Decision.Accept(new IncidentNumbered(Last + 1, words));

    /// <summary>The number that the same words by the same person were given a moment ago.</summary>
    public int? Find(Actor by, string words, DateTimeOffset at) => Recent
        .LastOrDefault(recent => recent.By == by && recent.Words == words && (at - recent.At).Duration() <= SameWordsWithin)?.Number;

    public NumberBook Apply(Stamp stamp, Fact fact) => fact switch
    {
        IncidentNumbered e => this with
        {
            Last = Math.Max(Last, e.Number),
            Recent = Recent.RemoveAll(recent => stamp.OccurredAt - recent.At > SameWordsWithin)
                .Add(new RecentNumber(e.Number, stamp.Actor ?? Actor.System, e.Words, stamp.OccurredAt)),
        },
        NumberVoided e => this with { Recent = Recent.RemoveAll(recent => recent.Number == e.Number) },
        _ => throw new UnreachableException($"NumberBook was never taught about {fact.GetType().Name}."),
    };
}

public sealed record RecentNumber(int Number, Actor By, string Words, DateTimeOffset At);
