using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Incidents.Verbs;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;
using static ChatOpsIR.Core.Tests.Scenario;

namespace ChatOpsIR.Core.Tests.Verbs;

public class Recording_a_decision
{
    [Fact]
    public void keeps_the_words_and_whose_decision_it_was() =>
        Given(Declared()).When(new RecordDecision(Grace, "We roll back")).Then(new DecisionRecorded(Grace, "We roll back"));

    [Fact]
    public void is_refused_once_the_incident_is_closed() =>
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(new RecordDecision(Ada, "late")).ThenRefused(Because.IncidentIsClosed);

    [Fact]
    public void keeps_the_latest_three_at_hand_and_no_more()
    {
        var incident = Given(Declared(), Decided("one"), Decided("two"), Decided("three"), Decided("four")).Incident;
        Assert.Equal(["two", "three", "four"], incident.Decisions.Select(decision => decision.Text));
    }

    [Fact]
    public void keeps_the_beginning_of_a_long_one_at_hand()
    {
        var kept = Given(Declared(), Decided(string.Concat(Enumerable.Repeat("🚒", 500)))).Incident.Decisions.Single().Text;
        Assert.True(kept.Length <= 280);
        Assert.EndsWith("🚒…", kept, StringComparison.Ordinal);
    }

    private static DecisionRecorded Decided(string text) => new(Ada, text);
}

public class Stating_the_impact
{
    private static readonly StateImpact Order = new("Cards are declined", "one in five shops");

    [Fact]
    public void keeps_what_customers_feel_and_who() => Given(Declared()).When(Order).Then(new ImpactStated("Cards are declined", "one in five shops"));

    [Fact]
    public void changes_nothing_the_second_time() => Given(Declared(), new ImpactStated("Cards are declined", "one in five shops")).When(Order).Then();

    [Fact]
    public void replaces_what_was_stated_before()
    {
        var impact = Given(Declared(), new ImpactStated("Cards are declined", null), new ImpactStated("All is slow", "everybody")).Incident.Impact!;
        Assert.Equal(("All is slow", "everybody"), (impact.Text, impact.Affected));
    }

    [Fact]
    public void is_allowed_after_the_resolution() =>
        Given(Declared(), new IncidentResolved("x")).When(Order).Then(new ImpactStated("Cards are declined", "one in five shops"));

    [Fact]
    public void is_refused_once_the_incident_is_closed() =>
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(Order).ThenRefused(Because.IncidentIsClosed);

    [Fact]
    public void shows_it_on_the_card()
    {
        var stated = Given(Declared(), new ImpactStated("Cards are declined", "one in five shops")).Incident;
        Assert.Contains("Impact Cards are declined\nAffected: one in five shops", PlainText.Of(IncidentCards.Live(stated, DefaultPolicy.Text)), StringComparison.Ordinal);
        Assert.DoesNotContain("Impact", PlainText.Of(IncidentCards.Live(Given(Declared()).Incident, DefaultPolicy.Text)), StringComparison.Ordinal);
    }
}
