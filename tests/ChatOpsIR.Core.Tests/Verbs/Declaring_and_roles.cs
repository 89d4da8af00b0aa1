using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Incidents.Verbs;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;
using static ChatOpsIR.Core.Tests.Scenario;

namespace ChatOpsIR.Core.Tests.Verbs;

public class Declaring_an_incident
{
    private static readonly DeclareIncident Order = new("Checkout returns 500s", Severity.Sev1, false, Ada, "inc-42", "default-1", [Grace, Ada]);

    [Fact]
    public void makes_the_declarer_manager_and_asks_those_named_to_investigate() => Given().When(Order).Then(
        new IncidentDeclared("Checkout returns 500s", Severity.Sev1, false, "chat", "T1", "inc-42", Ada, "default-1"),
        new RoleOffered(RoleId.Investigator, Grace));

    [Fact]
    public void changes_nothing_when_it_is_declared_already() => Given(Declared()).When(Order).Then();

    [Fact]
    public void is_refused_once_the_number_was_voided() => Given(new IncidentVoided()).When(Order).ThenRefused(Because.DeclarationWasVoided);
}

public class Assigning_a_role
{
    private static AssignRole Communications(PersonId person) => new(RoleId.Communications, person, Ada, Exclusive: true);

    [Fact]
    public void waits_for_the_new_holder_to_accept() =>
        Given(Declared()).When(Communications(Grace)).Then(new RoleOffered(RoleId.Communications, Grace));

    [Fact]
    public void accepts_at_once_what_one_takes_oneself() =>
        Given(Declared()).When(Communications(Ada)).Then(new RoleAccepted(RoleId.Communications, Ada, Replaces: true));

    [Fact]
    public void takes_over_at_once_what_somebody_out_of_reach_holds() =>
        Given(Declared()).When(new AssignRole(RoleId.Manager, Grace, Grace, Exclusive: true)).Then(new RoleAccepted(RoleId.Manager, Grace, Replaces: true));

    [Fact]
    public void joins_those_who_share_a_role_without_replacing_them() =>
        Given(Declared(), new RoleAccepted(RoleId.Investigator, Ada, false))
            .When(new AssignRole(RoleId.Investigator, Grace, Grace, Exclusive: false)).Then(new RoleAccepted(RoleId.Investigator, Grace, Replaces: false));

    [Fact]
    public void asks_nobody_twice() =>
        Given(Declared(), new RoleOffered(RoleId.Communications, Grace)).When(Communications(Grace)).Then();

    [Fact]
    public void is_refused_once_the_incident_is_closed() =>
        Given(Declared(), new IncidentResolved("done"), new IncidentClosed(null)).When(Communications(Grace)).ThenRefused(Because.IncidentIsClosed);

    [Fact]
    public void keeps_the_old_holder_until_the_new_one_accepts()
    {
        var offered = Given(Declared(), new RoleOffered(RoleId.Manager, Grace)).Incident;
        Assert.Equal([Ada], offered.HoldersOf(RoleId.Manager));
    }
}

public class Accepting_a_role
{
    [Fact]
    public void replaces_the_holder_of_an_exclusive_role()
    {
        var order = new AcceptRole(RoleId.Manager, Grace, DefaultPolicy.Text);
        var given = Given(Declared(), new RoleOffered(RoleId.Manager, Grace));
        given.When(order).Then(new RoleAccepted(RoleId.Manager, Grace, Replaces: true));
        Assert.Equal([Grace], given.And(new RoleAccepted(RoleId.Manager, Grace, true), Start).Incident.HoldersOf(RoleId.Manager));
    }

    [Fact]
    public void takes_the_last_one_offered_when_none_is_named() =>
        Given(Declared(), new RoleOffered(RoleId.Scribe, Grace), new RoleOffered(RoleId.Legal, Grace))
            .When(new AcceptRole(null, Grace, DefaultPolicy.Text)).Then(new RoleAccepted(RoleId.Legal, Grace, Replaces: true));

    [Fact]
    public void shares_a_role_that_several_may_hold() =>
        Given(Declared(), new RoleOffered(RoleId.Investigator, Grace))
            .When(new AcceptRole(RoleId.Investigator, Grace, DefaultPolicy.Text)).Then(new RoleAccepted(RoleId.Investigator, Grace, Replaces: false));

    [Fact]
    public void changes_nothing_for_whoever_holds_it() =>
        Given(Declared()).When(new AcceptRole(RoleId.Manager, Ada, DefaultPolicy.Text)).Then();

    [Fact]
    public void is_refused_once_the_incident_is_closed() =>
        Given(Declared(), new RoleOffered(RoleId.Scribe, Grace), new IncidentResolved("x"), new IncidentClosed(null))
            .When(new AcceptRole(null, Grace, DefaultPolicy.Text)).ThenRefused(Because.IncidentIsClosed);

    [Fact]
    public void is_refused_to_those_nobody_asked() =>
        Given(Declared()).When(new AcceptRole(RoleId.Scribe, Grace, DefaultPolicy.Text)).ThenRefused(Because.NothingWasOffered);
}
