using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Incidents.Verbs;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;
using static ChatOpsIR.Core.Tests.Scenario;

namespace ChatOpsIR.Core.Tests.Verbs;

public class Changing_the_severity
{
    [Fact]
    public void keeps_what_it_was_and_why() =>
        Given(Declared()).When(new ChangeSeverity(Severity.Sev2, "one region")).Then(new SeverityChanged(Severity.Sev1, Severity.Sev2, "one region"));

    [Fact]
    public void changes_nothing_when_it_is_that_bad_already() => Given(Declared()).When(new ChangeSeverity(Severity.Sev1, null)).Then();

    [Fact]
    public void is_allowed_after_the_resolution() =>
        Given(Declared(), new IncidentResolved("x")).When(new ChangeSeverity(Severity.Sev2, null)).Then(new SeverityChanged(Severity.Sev1, Severity.Sev2, null));

    [Fact]
    public void is_refused_once_the_incident_is_closed() =>
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(new ChangeSeverity(Severity.Sev2, null)).ThenRefused(Because.IncidentIsClosed);
}

public class Adding_a_note
{
    [Fact]
    public void keeps_the_words() => Given(Declared()).When(new AddNote("The vendor confirms")).Then(new NoteAdded("The vendor confirms"));

    [Fact]
    public void is_allowed_after_the_end() =>
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(new AddNote("found later")).Then(new NoteAdded("found later"));
}

public class Posting_an_update
{
    [Fact]
    public void keeps_the_words() => Given(Declared()).When(new PostUpdate("Rolling back")).Then(new UpdatePosted("Rolling back"));

    [Fact]
    public void may_say_the_same_twice() =>
        Given(Declared(), new UpdatePosted("No news")).When(new PostUpdate("No news")).Then(new UpdatePosted("No news"));

    [Fact]
    public void is_refused_once_the_incident_is_closed() =>
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(new PostUpdate("late")).ThenRefused(Because.IncidentIsClosed);
}

public class Snoozing_the_update
{
    private static readonly SnoozeUpdate Order = new(Start, TimeSpan.FromMinutes(30), "vendor", DefaultPolicy.Text);

    [Fact]
    public void puts_it_off_and_keeps_the_reason() => Given(Declared()).When(Order).Then(new UpdateSnoozed(Start.AddMinutes(30), "vendor"));

    [Fact]
    public void is_refused_into_the_past() => Given(Declared()).When(Order with { For = TimeSpan.Zero }).ThenRefused(Because.SnoozeMustEndLater);

    [Fact]
    public void is_refused_once_resolved() => Given(Declared(), new IncidentResolved("x")).When(Order).ThenRefused(Because.IncidentIsNotOpen);

    [Fact]
    public void is_refused_once_closed() =>
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(Order).ThenRefused(Because.IncidentIsClosed);
}

public class Releasing_what_is_held
{
    private static readonly EffectKey Key = new(new StreamId("INC-42"), 1, 0);

    [Fact]
    public void has_it_tried_again() =>
        Given(Declared(), new EffectHeld(Key, 1, "code", "why")).When(new ReleaseEffect(Key)).Then(new EffectReleased(Key));

    [Fact]
    public void is_refused_when_nothing_is_held() => Given(Declared()).When(new ReleaseEffect(Key)).ThenRefused(Because.NothingIsHeld);

    [Fact]
    public void is_refused_the_second_time() =>
        Given(Declared(), new EffectHeld(Key, 1, "code", "why"), new EffectReleased(Key)).When(new ReleaseEffect(Key)).ThenRefused(Because.NothingIsHeld);
}

public class Ending_an_incident
{
    [Fact]
    public void needs_a_resolution_before_it_can_be_closed() =>
        Given(Declared()).When(new CloseIncident(null)).ThenRefused(Because.IncidentIsStillOpen);

    [Fact]
    public void closes_once_resolved() =>
        Given(Declared(), new IncidentResolved("rolled back")).When(new CloseIncident(null)).Then(new IncidentClosed(null));

    [Fact]
    public void can_be_taken_back_with_a_reason() =>
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(new ReopenIncident("back again")).Then(new IncidentReopened("back again"));

    [Fact]
    public void says_what_ended_it() => Given(Declared()).When(new ResolveIncident("rolled back")).Then(new IncidentResolved("rolled back"));

    [Fact]
    public void changes_nothing_the_second_time()
    {
        Given(Declared(), new IncidentResolved("x")).When(new ResolveIncident("y")).Then();
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(new CloseIncident(null)).Then();
        Given(Declared()).When(new ReopenIncident("why not")).Then();
    }

    [Fact]
    public void cannot_be_resolved_once_closed() =>
        Given(Declared(), new IncidentResolved("x"), new IncidentClosed(null)).When(new ResolveIncident("y")).ThenRefused(Because.IncidentIsClosed);

    [Fact]
    public void refuses_updates_afterwards() =>
        Given(Declared(), new IncidentResolved("x")).When(new PostUpdate("late news")).ThenRefused(Because.IncidentIsNotOpen);
}
