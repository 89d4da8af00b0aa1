using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Tests;

/// <summary>Given facts, when an order, then facts. There is nothing to mock.</summary>
internal sealed record Scenario(Incident Incident, Decision? Decision = null)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    public static readonly PersonId Ada = new("chat", "T1", "ADA");
    public static readonly PersonId Grace = new("chat", "T1", "GRACE");
    public static readonly RoomId Room = new("chat", "C1");

    public static IncidentDeclared Declared(Severity severity = Severity.Sev1, bool isPrivate = false) =>
        new("Checkout returns 500s", severity, isPrivate, "chat", "T1", "inc-42-checkout-returns-500s", Ada, DefaultPolicy.Text.Name);

    public static RoomOpened Opened() => new(new EffectKey(new StreamId("INC-42"), 1, 0), Room, "T1", "inc-42-checkout-returns-500s");

    public static Scenario Given(params ReadOnlySpan<Fact> facts)
    {
        var scenario = new Scenario(new Incident { Id = new IncidentId(42) });
        foreach (var fact in facts)
        {
            scenario = scenario.And(fact, Start);
        }

        return scenario;
    }

    public Scenario And(Fact fact, DateTimeOffset at)
    {
        var stamp = new Stamp(null, at, Actor.Of(Ada), Source.Live);
        var version = Incident.Version + 1;
        var effects = Reaction.To(fact, Incident, Incident.Apply(version, stamp, fact, []), DefaultPolicy.Text);
        return this with { Incident = Incident.Apply(version, stamp, fact, effects) };
    }

    public Scenario When(IncidentCommand command) => this with { Decision = command.Decide(Incident) };

    public void Then(params ReadOnlySpan<Fact> facts) => Assert.Equal(facts.ToArray(), Accepted().Select(news => news.Fact));

    public void ThenRefused(Refusal why) => Assert.Equal(why, Assert.IsType<Decision.Refused>(Decision).Why);

    public ImmutableArray<NewFact> Accepted() => Assert.IsType<Decision.Accepted>(Decision).Facts;

    public ImmutableArray<NewFact> DueAt(DateTimeOffset now) => Due.At(now, Incident, DefaultPolicy.Text);
}
