using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents;

/// <summary>What a rule answers to an order.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The order is carried out by these facts; by none when it is already so.</summary>
    public sealed record Accepted(ImmutableArray<NewFact> Facts) : Decision;

    public sealed record Refused(Refusal Why) : Decision;

    public static readonly Decision Nothing = new Accepted([]);

    public static Decision Accept(params ReadOnlySpan<Fact> facts)
    {
        var news = ImmutableArray.CreateBuilder<NewFact>(facts.Length);
        foreach (var fact in facts)
        {
            news.Add(new NewFact(fact));
        }

        return new Accepted(news.ToImmutable());
    }

    public static Decision Refuse(Refusal why) => new Refused(why);
}

/// <summary>A fact that a decision brings about.</summary>
public sealed record NewFact(Fact Fact)
{
    /// <summary>The fact's own cause; null to use the order's, which goes to the first fact.</summary>
    public string? CauseKey { get; init; }
}

/// <summary>Why not, and what to do instead.</summary>
/// <param name="Code">For programs and tests.</param>
/// <param name="Sentence">For people.</param>
public sealed record Refusal(string Code, string Sentence);

/// <summary>An order about one incident.</summary>
public abstract record IncidentCommand
{
    /// <summary>The rule. Pure: whatever it needs of the world comes in with the order.</summary>
    public abstract Decision Decide(Incident incident);

    /// <summary>What to answer when the order changes nothing, and what could be done instead.</summary>
    public virtual Words AlreadySo(Incident incident) => Words.Of($"Nothing to change: that is already so in {incident.Id}.");

    protected static Decision Nothing => Decision.Nothing;

    protected static Decision Accept(params ReadOnlySpan<Fact> facts) => Decision.Accept(facts);

    protected static Decision Refuse(Refusal why) => Decision.Refuse(why);
}
