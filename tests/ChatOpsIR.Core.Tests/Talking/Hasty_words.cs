using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Words_typed_in_haste : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("severity sev:4 same cause as INC-2", "same cause as INC-2")]
    [InlineData("snooze 1h waiting for INC-2", "waiting for INC-2")]
    [InlineData("close duplicate of INC-2", "duplicate of INC-2")]
    public async Task speak_of_another_incident_and_change_this_one(string line, string reason)
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "declare Search is slow sev:2");
        if (line.StartsWith("close", StringComparison.Ordinal))
        {
            await bot.SaysAsync(Ada, "resolve over", room);
        }

        var other = await bot.FactsAsync(new IncidentId(2));
        await bot.SaysAsync(Ada, line, room);

        Assert.Contains(await bot.FactsAsync(One), fact => fact is SeverityChanged { Reason: var why } && why == reason || fact is UpdateSnoozed { Reason: var later } && later == reason || fact is IncidentClosed { Reason: var end } && end == reason);
        Assert.DoesNotContain((await bot.FactsAsync(new IncidentId(2))).Skip(other.Length), fact => fact is SeverityChanged or UpdateSnoozed or IncidentClosed);
    }

    [Fact]
    public async Task keep_a_number_that_belongs_to_the_title()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "declare INC-1 is back sev:2");
        Assert.Equal("INC-1 is back", (await bot.IncidentAsync(new IncidentId(2))).Title);
    }

    [Theory]
    [InlineData("declare Customer data leaked private, sev:2")]
    [InlineData("declare Customer data leaked sev:2, private.")]
    public async Task mean_private_with_a_comma_behind_it_too(string line)
    {
        await bot.SaysAsync(Ada, line);
        var incident = await bot.IncidentAsync(One);
        Assert.Equal((true, Severity.Sev2, "Customer data leaked"), (incident.Private, incident.Severity, incident.Title));
    }

    [Fact]
    public async Task said_again_in_private_are_not_the_public_incident()
    {
        await bot.SaysAsync(Ada, "declare Customer data leaked sev:1");
        var answer = await bot.AsksAsync(Ada, "declare Customer data leaked sev:1 private");

        Assert.True((await bot.IncidentAsync(new IncidentId(2))).Private);
        Assert.Contains("It looks like INC-1 Customer data leaked", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("declare Checkout sev9")]
    [InlineData("declare Checkout severity:0")]
    [InlineData("declare Checkout SEV-5")]
    public async Task with_a_severity_that_does_not_exist_are_asked_about(string line) =>
        Assert.Contains("There are four severities", await bot.AsksAsync(Ada, line), StringComparison.Ordinal);

    [Theory]
    [InlineData("declare ?!", "Say in a few words what is happening")]
    [InlineData("declare ...", "form Declare an incident")]
    [InlineData("declare \u200b\u2060", "form Declare an incident")]
    public async Task without_a_letter_are_no_title(string line, string answer)
    {
        Assert.Contains(answer, await bot.AsksAsync(Ada, line), StringComparison.Ordinal);
        Assert.False((await bot.IncidentAsync(One)).Exists);
    }

    [Fact]
    public async Task lose_what_nobody_could_see()
    {
        await bot.SaysAsync(Ada, "declare Check\u202eout\u0000 is\u200b down");
        Assert.Equal("Checkout is down", (await bot.IncidentAsync(One)).Title);
    }

    [Theory]
    [InlineData("severity sev:2 {0}")]
    [InlineData("snooze 30m {0}")]
    [InlineData("close {0}")]
    [InlineData("reopen {0}")]
    public async Task that_are_too_long_for_a_reason_are_sent_to_a_note(string line)
    {
        var room = await bot.DeclaredAsync();
        var answer = await bot.AsksAsync(Ada, line.Replace("{0}", new string('x', 301), StringComparison.Ordinal), room);
        Assert.Contains("A reason has at most 300 characters", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task put_an_update_off_by_four_hours_at_most()
    {
        var room = await bot.DeclaredAsync();
        Assert.Contains("at most 4 hours", await bot.AsksAsync(Ada, "snooze 30d because", room), StringComparison.Ordinal);
        Assert.DoesNotContain(await bot.FactsAsync(One), fact => fact is UpdateSnoozed);
    }

    [Fact]
    public async Task put_no_update_off_to_a_time_before_it_is_due()
    {
        var room = await bot.DeclaredAsync();
        Assert.Contains("No update is due before that anyway", await bot.AsksAsync(Ada, "snooze 5m because", room), StringComparison.Ordinal);
        Assert.DoesNotContain(await bot.FactsAsync(One), fact => fact is UpdateSnoozed);
    }

    [Fact]
    public async Task name_a_severity_by_its_number_alone()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "sev 2 only one region", room);
        Assert.Contains(await bot.FactsAsync(One), fact => fact is SeverityChanged { To: Severity.Sev2, Reason: "only one region" });
    }

    [Fact]
    public async Task said_twice_with_another_severity_are_told_which_one_holds()
    {
        await bot.SaysAsync(Ada, "declare Search is slow");
        Assert.False(Answered(await bot.SaysAsync(Ada, "declare Search is slow sev:1"), "you said SEV2"));
        Assert.True(Answered(await bot.SaysAsync(Ada, "declare Search is slow sev:1"), "It is SEV3, and you said SEV1. Change it with /incident severity INC-1 sev1."));
    }

    [Fact]
    public async Task that_are_private_are_answered_so() =>
        Assert.True(Answered(await bot.SaysAsync(Ada, "declare Data leaked private"), "It is private: only those whom it involves can see it"));

    private static bool Answered(Answer answer, string what) => PlainText.Of(Assert.IsType<Answer.Show>(answer).Card).Contains(what, StringComparison.Ordinal);

    [Fact]
    public async Task with_digits_of_another_script_are_no_duration()
    {
        var room = await bot.DeclaredAsync();
        Assert.Equal("form Put the update off: duration, text", await bot.AsksAsync(Ada, "snooze \u0663\u0660m waiting", room));
    }

    [Theory]
    [InlineData("role manager grace", "“grace” is no mention")]
    [InlineData("role scribe @grace @linus", "one person at a time")]
    public async Task that_name_nobody_or_too_many_say_how(string line, string answer)
    {
        var room = await bot.DeclaredAsync();
        Assert.Contains(answer, await bot.AsksAsync(Ada, line, room), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role juggler @grace")]
    [InlineData("role scribe @grace @linus")]
    [InlineData("role scribe grace")]
    [InlineData("role accept")]
    [InlineData("severity sev:9")]
    [InlineData("severity 7")]
    [InlineData("declare ?!")]
    [InlineData("declare Checkout sev:9")]
    [InlineData("declare {0}")]
    [InlineData("note {0}")]
    [InlineData("update {0}")]
    [InlineData("resolve {0}")]
    [InlineData("close {0}")]
    [InlineData("reopen {0}")]
    [InlineData("decide {0}")]
    [InlineData("impact {0}")]
    [InlineData("impact x affects: {0}")]
    [InlineData("invite grace")]
    [InlineData("handover grace")]
    [InlineData("handover @grace @linus")]
    [InlineData("list sideways")]
    [InlineData("release nothing")]
    public async Task that_make_no_sense_are_answered_with_a_command_that_does(string line)
    {
        var room = await bot.DeclaredAsync();
        var entries = (await bot.FactsAsync(One)).Length;
        var answer = Assert.IsType<Answer.Show>(await bot.SaysAsync(Ada, line.Replace("{0}", new string('x', 3001), StringComparison.Ordinal), room));

        Assert.False(answer.Done);
        Assert.Contains(((Paragraph)answer.Card.Parts.Single()).Text.Spans, span => span is Code { Text: var command } && command.StartsWith("/incident ", StringComparison.Ordinal));
        Assert.Equal(entries, (await bot.FactsAsync(One)).Length);
    }

    [Fact]
    public async Task turn_no_foreign_words_into_something_to_type()
    {
        var room = await bot.DeclaredAsync();
        Assert.Contains("“'/incident close' now” is no mention", await bot.AsksAsync(Ada, "invite `/incident close` now", room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task of_an_impact_stand_on_one_line()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "impact Cards\nare\u202e declined affects:\n all of\nEurope", room);
        Assert.Contains(new ImpactStated("Cards are declined", "all of Europe"), await bot.FactsAsync(One));
    }

    public void Dispose() => bot.Dispose();
}
