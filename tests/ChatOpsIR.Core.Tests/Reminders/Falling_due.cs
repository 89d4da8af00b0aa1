using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using static ChatOpsIR.Core.Tests.Scenario;

namespace ChatOpsIR.Core.Tests.Reminders;

public class A_status_update
{
    [Theory]
    [InlineData(Severity.Sev1, 30)]
    [InlineData(Severity.Sev2, 60)]
    [InlineData(Severity.Sev3, 240)]
    [InlineData(Severity.Sev4, 1440)]
    public void is_due_one_cadence_after_the_declaration(Severity severity, int minutes) =>
        Assert.Equal(Start.AddMinutes(minutes), Due.NextUpdate(Given(Declared(severity)).Incident, DefaultPolicy.Text));

    [Fact]
    public void is_not_told_a_tick_too_early() => Assert.Empty(Given(Declared()).DueAt(Start.AddMinutes(30).AddTicks(-1)));

    [Fact]
    public void is_told_once_when_it_falls_due()
    {
        var now = Start.AddMinutes(30);
        var told = Assert.Single(Given(Declared()).DueAt(now));
        Assert.Equal("due:update:1:0", told.CauseKey);
        Assert.Empty(Given(Declared()).And(told.Fact, now).DueAt(now));
    }

    [Fact]
    public void resets_the_clock_when_it_is_posted()
    {
        var posted = Given(Declared()).And(new UpdatePosted("better"), Start.AddMinutes(20));
        Assert.Equal(Start.AddMinutes(50), Due.NextUpdate(posted.Incident, DefaultPolicy.Text));
    }

    [Fact]
    public void waits_for_the_end_of_a_snooze()
    {
        var snoozed = Given(Declared()).And(new UpdateSnoozed(Start.AddHours(2), "vendor"), Start.AddMinutes(5));
        Assert.Equal(Start.AddHours(2), Due.NextUpdate(snoozed.Incident, DefaultPolicy.Text));
    }

    [Fact]
    public void falls_due_at_once_when_a_shorter_cadence_has_passed_already_and_is_not_called_late()
    {
        var now = Start.AddHours(2);
        var raised = Given(Declared(Severity.Sev3)).And(new SeverityChanged(Severity.Sev3, Severity.Sev1, null), now);
        var told = Assert.IsType<ReminderFired>(Assert.Single(raised.DueAt(now)).Fact);

        Assert.Equal((ReminderKind.Update, now), (told.Kind, told.DueAt));
        Assert.Empty(told.Missed);
    }

    [Theory]
    [InlineData(Severity.Sev2, 60)]
    [InlineData(Severity.Sev3, 240)]
    public void moves_with_the_severity(Severity severity, int minutes)
    {
        var changed = Given(Declared()).And(new SeverityChanged(Severity.Sev1, severity, null), Start.AddMinutes(5));
        Assert.Equal(Start.AddMinutes(minutes), Due.NextUpdate(changed.Incident, DefaultPolicy.Text));
    }

    [Fact]
    public void stays_snoozed_when_the_severity_changes()
    {
        var changed = Given(Declared()).And(new UpdateSnoozed(Start.AddHours(2), "vendor"), Start).And(new SeverityChanged(Severity.Sev1, Severity.Sev2, null), Start);
        Assert.Equal(Start.AddHours(2), Due.NextUpdate(changed.Incident, DefaultPolicy.Text));
    }

    [Fact]
    public void is_owed_anew_once_reopened()
    {
        var reopened = Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).And(new IncidentReopened("again"), Start.AddHours(5));
        Assert.Equal(Start.AddHours(5.5), Due.NextUpdate(reopened.Incident, DefaultPolicy.Text));
    }

    [Fact]
    public void is_owed_no_more_once_resolved() =>
        Assert.Empty(Due.Of(Given(Declared(), new IncidentResolved("x")).Incident, DefaultPolicy.Text));
}

public class A_late_status_update
{
    [Fact]
    public void calls_the_backup_after_the_grace_and_tells_what_was_missed_in_the_same_message()
    {
        var fired = Assert.IsType<ReminderFired>(Assert.Single(Given(Declared()).DueAt(Start.AddMinutes(95))).Fact);
        Assert.Equal((ReminderKind.Escalation, Start.AddMinutes(40)), (fired.Kind, fired.DueAt));
        Assert.Equal(["update:1:0", "update:1:1", "update:1:2"], fired.Missed);
    }

    [Fact]
    public void calls_the_backup_once()
    {
        var now = Start.AddMinutes(95);
        var given = Given(Declared());
        Assert.Empty(given.And(given.DueAt(now)[0].Fact, now).DueAt(now));
    }

    [Fact]
    public void calls_whoever_declared_when_nobody_holds_a_backup_role() =>
        Assert.Equal([Ada], Core.Reactions.Reaction.Backup(Given(Declared()).Incident, DefaultPolicy.Text));
}

public class An_offer_that_nobody_answers
{
    [Fact]
    public void is_told_after_ten_minutes_and_once()
    {
        var given = Given(Declared(Severity.Sev4), new RoleOffered(RoleId.Communications, Grace));
        var now = Start.AddMinutes(10);
        var told = Assert.Single(given.DueAt(now));
        Assert.Equal("due:acceptance:2", told.CauseKey);
        Assert.Empty(given.And(told.Fact, now).DueAt(now));
    }
}
