using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Incidents.Verbs;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using static ChatOpsIR.Core.Tests.Scenario;

namespace ChatOpsIR.Core.Tests.Verbs;

public class Handing_a_role_over
{
    private static readonly PersonId Linus = Ada with { User = "LINUS" };

    private static HandOver To(PersonId person, RoleId? role = null, PersonId? by = null) => new(role, person, by ?? Ada, DefaultPolicy.Text);

    [Fact]
    public void offers_the_managers_role_when_none_is_named() =>
        Given(Declared()).When(To(Grace)).Then(new HandoverOffered(RoleId.Manager, Ada, Grace));

    [Fact]
    public void offers_the_only_role_that_one_holds() =>
        Given(Declared(), new RoleAccepted(RoleId.Scribe, Linus, true)).When(To(Grace, by: Linus)).Then(new HandoverOffered(RoleId.Scribe, Linus, Grace));

    [Fact]
    public void asks_which_one_of_several() =>
        Given(Declared(), new RoleAccepted(RoleId.Scribe, Linus, true), new RoleAccepted(RoleId.Legal, Linus, true))
            .When(To(Grace, by: Linus)).ThenRefused(Because.SeveralRolesAreHeld);

    [Fact]
    public void is_for_the_manager_too_when_the_holder_sleeps() =>
        Given(Declared(), new RoleAccepted(RoleId.Scribe, Linus, true)).When(To(Grace, RoleId.Scribe)).Then(new HandoverOffered(RoleId.Scribe, Linus, Grace));

    [Fact]
    public void is_refused_to_others() =>
        Given(Declared(), new RoleAccepted(RoleId.Scribe, Linus, true)).When(To(Grace, RoleId.Manager, by: Linus)).ThenRefused(Because.SomebodyElseHoldsTheRole);

    [Fact]
    public void is_refused_when_nobody_holds_it() => Given(Declared()).When(To(Grace, RoleId.Scribe)).ThenRefused(Because.NobodyHoldsTheRole);

    [Fact]
    public void is_refused_to_whoever_holds_none() => Given(Declared()).When(To(Grace, by: Linus)).ThenRefused(Because.NoRoleToHandOver);

    [Fact]
    public void is_refused_once_the_incident_is_closed() =>
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(To(Grace)).ThenRefused(Because.IncidentIsClosed);

    [Fact]
    public void asks_nobody_twice() => Given(Declared(), new HandoverOffered(RoleId.Manager, Ada, Grace)).When(To(Grace)).Then();

    [Fact]
    public void to_oneself_changes_nothing() => Given(Declared()).When(To(Ada)).Then();

    [Fact]
    public void briefs_somebody_who_was_asked_without_a_brief() =>
        Given(Declared(), new RoleOffered(RoleId.Manager, Grace)).When(To(Grace)).Then(new HandoverOffered(RoleId.Manager, Ada, Grace));

    [Fact]
    public void keeps_the_old_holder_until_the_new_one_accepts()
    {
        var offered = Given(Declared(), new HandoverOffered(RoleId.Manager, Ada, Grace));
        Assert.Equal([Ada], offered.Incident.HoldersOf(RoleId.Manager));

        offered.When(new AcceptRole(null, Grace, DefaultPolicy.Text)).Then(new RoleAccepted(RoleId.Manager, Grace, Replaces: true));
        Assert.Equal([Grace], offered.And(new RoleAccepted(RoleId.Manager, Grace, true), Start).Incident.HoldersOf(RoleId.Manager));
    }

    [Fact]
    public void of_a_role_that_several_share_leaves_the_others_in_it()
    {
        var incident = Given(
            Declared(),
            new RoleAccepted(RoleId.Investigator, Ada, false),
            new RoleAccepted(RoleId.Investigator, Linus, false),
            new HandoverOffered(RoleId.Investigator, Linus, Grace),
            new RoleAccepted(RoleId.Investigator, Grace, false)).Incident;
        Assert.Equal([Ada, Grace], incident.HoldersOf(RoleId.Investigator));
        Assert.Contains(incident.Pending, pending => pending.Effect == new TellPerson(Linus));
    }

    [Fact]
    public void reminds_when_nobody_answers() =>
        Assert.Contains(Given(Declared(), new HandoverOffered(RoleId.Manager, Ada, Grace)).DueAt(Start.AddMinutes(11)), news => news.Fact is ReminderFired { Kind: ReminderKind.Acceptance });
}

public class A_brief
{
    [Fact]
    public void says_how_things_stand()
    {
        var incident = Given(Declared(), new ImpactStated("Cards are declined", "one in five shops"))
            .And(new NoteAdded("Restarting the cache"), Start.AddMinutes(5))
            .And(new DecisionRecorded(Grace, "We roll back"), Start.AddMinutes(10))
            .And(new UpdatePosted("Errors are falling"), Start.AddMinutes(20))
            .And(new RoleOffered(RoleId.Communications, Grace), Start.AddMinutes(25)).Incident;

        Assert.Equal("""
            How INC-42 stands
            What: Checkout returns 500s
            Severity: SEV1: Customers cannot work, or data is at risk
            Status: Open, Detection and analysis
            Declared: 2026-11-24 03:00 UTC, 2.2 h before this handover
            Impact Cards are declined
            Affected: one in five shops
            Stated 2026-11-24 03:00 UTC
            Roles
            Incident Manager: @ADA
            Asked to be Communications Officer, no answer yet: @GRACE, since 2026-11-24 03:25 UTC
            Latest update 2026-11-24 03:20 UTC
            Errors are falling
            Decisions
            2026-11-24 03:10 UTC @GRACE: We roll back
            Being tried
            2026-11-24 03:05 UTC @ADA: Restarting the cache
            Next A status update is due 2026-11-24 03:50 UTC.
            """, Text(incident));
    }

    [Fact]
    public void says_what_nobody_has_said_yet()
    {
        var brief = Text(Given(Declared()).Incident);
        Assert.Contains("Nobody has said what customers feel. /incident impact … does.", brief, StringComparison.Ordinal);
        Assert.Contains("Latest update None has been posted.", brief, StringComparison.Ordinal);
        Assert.Contains("Decisions None is on record.", brief, StringComparison.Ordinal);
    }

    private static string Text(Incident incident)
    {
        var card = new Card("", Brief.Of(incident, Start.AddMinutes(130), DefaultPolicy.Text));
        return PlainText.Of(card).Trim();
    }
}
