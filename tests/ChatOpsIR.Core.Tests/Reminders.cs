using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using static ChatOpsIR.Core.Tests.Scenario;

namespace ChatOpsIR.Core.Tests;

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
        Assert.Equal([Ada], Reactions.Reaction.Backup(Given(Declared()).Incident, DefaultPolicy.Text));
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
