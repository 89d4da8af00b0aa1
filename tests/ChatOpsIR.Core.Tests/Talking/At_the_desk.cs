using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Typing_nothing : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task opens_the_form_to_declare_outside_a_war_room() =>
        Assert.Equal("form Declare an incident: text, severity, people, private", await bot.AsksAsync(Ada, ""));

    [Fact]
    public async Task shows_where_the_incident_stands_in_its_war_room()
    {
        var room = await bot.DeclaredAsync();
        Assert.StartsWith("INC-1 Checkout returns 500s. SEV1, open.", await bot.AsksAsync(Grace, "", room), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();
}

public sealed class Typing_a_line : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("sevrity sev:2", "Did you mean /incident severity sev:2?")]
    [InlineData("abracadabra", "Type /incident help to see what there is.")]
    [InlineData("help updat", "Did you mean /incident update")]
    public async Task suggests_what_was_meant(string line, string answer) => Assert.Contains(answer, await bot.AsksAsync(Ada, line), StringComparison.Ordinal);

    [Theory]
    [InlineData("status")]
    [InlineData("who")]
    [InlineData("update All is well")]
    [InlineData("note Something")]
    public async Task about_no_incident_in_particular_asks_which(string line)
    {
        await bot.DeclaredAsync();
        Assert.StartsWith("form Which incident?: incident", await bot.AsksAsync(Ada, line), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status INC-9")]
    [InlineData("note INC-9 hello")]
    public async Task about_an_incident_that_is_not_there_says_so(string line) =>
        Assert.Contains("There is no such incident.", await bot.AsksAsync(Ada, line), StringComparison.Ordinal);

    [Theory]
    [InlineData("role juggler @grace", "There is no role “juggler”. The roles are: manager,")]
    [InlineData("severity sev:9", "There are four severities")]
    [InlineData("declare Checkout sev:9", "There are four severities")]
    public async Task with_a_word_that_means_nothing_says_which_there_are(string line, string answer)
    {
        var room = await bot.DeclaredAsync();
        Assert.Contains(answer, await bot.AsksAsync(Ada, line, room), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update", "form Post an update: text")]
    [InlineData("note", "form Add a note: text")]
    [InlineData("role", "form Hand over a role: role, people")]
    [InlineData("severity", "form Change the severity: severity, text")]
    [InlineData("snooze", "form Put the update off: duration, text")]
    [InlineData("resolve", "form Resolve the incident: text")]
    [InlineData("reopen", "form Reopen the incident: text")]
    [InlineData("reopen …", "form Reopen the incident: text")]
    [InlineData("decide", "form Record a decision: text, people")]
    [InlineData("impact", "form What customers feel: text, affected")]
    [InlineData("invite", "form Invite people: people")]
    [InlineData("handover", "form Hand over your role: role, people")]
    [InlineData("close ...", "form Close the incident: text")]
    [InlineData("accept …", "form Accept a role: role")]
    [InlineData("severity only one region", "form Change the severity: severity, text")]
    [InlineData("snooze waiting for the vendor", "form Put the update off: duration, text")]
    [InlineData("role @grace", "form Hand over a role: role, people")]
    public async Task that_leaves_something_out_opens_the_form_that_asks_for_it(string line, string form)
    {
        var room = await bot.DeclaredAsync();
        Assert.Equal(form, await bot.AsksAsync(Ada, line, room));
    }

    [Theory]
    [InlineData("update better", "You do not have a role in INC-1. Take one first: /incident role investigator me INC-1.")]
    [InlineData("close", "Only the Incident Manager of INC-1 may do that. /incident who shows who that is.")]
    public async Task that_one_may_not_say_is_refused_with_the_way_out(string line, string answer)
    {
        var room = await bot.DeclaredAsync();
        Assert.Contains(answer, await bot.AsksAsync(Grace, line, room), StringComparison.Ordinal);
        Assert.DoesNotContain(await bot.FactsAsync(One), fact => fact is UpdatePosted or IncidentClosed);
    }

    [Fact]
    public async Task tells_who_does_what()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "role scribe @linus", room);
        var who = await bot.AsksAsync(Grace, "who", room);

        Assert.Contains("Incident Manager: @8:ada", who, StringComparison.Ordinal);
        Assert.Contains("Scribe: nobody yet (asked: @8:linus)", who, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lists_what_is_open_the_newest_first()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "declare Search is slow sev:2");
        await bot.SaysAsync(Ada, "declare Mail is late sev:4");
        await bot.SaysAsync(Ada, "resolve INC-1 done");
        await bot.SaysAsync(Ada, "close INC-1");
        var list = await bot.AsksAsync(Grace, "list");

        Assert.StartsWith("2 open", list, StringComparison.Ordinal);
        Assert.True(list.IndexOf("INC-3 SEV4 Mail is late", StringComparison.Ordinal) < list.IndexOf("INC-2 SEV2 Search is slow", StringComparison.Ordinal));
        Assert.DoesNotContain("INC-1", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task says_when_nothing_is_open() => Assert.StartsWith("No incident is open.", await bot.AsksAsync(Grace, "list"), StringComparison.Ordinal);

    [Fact]
    public async Task shows_every_word_in_help_but_those_of_buttons()
    {
        var help = await bot.AsksAsync(Grace, "help all");
        Assert.All(VerbList.All, verb => Assert.Equal(verb.Listed, help.Contains($"/incident {verb.Usage}\n{verb.Help}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task finds_the_incident_that_the_same_person_declared_with_the_same_words_a_moment_ago()
    {
        await bot.DeclaredAsync();
        Assert.StartsWith("INC-1 is declared already, with the same words.", await bot.AsksAsync(Ada, "declare Checkout returns 500s sev:1"), StringComparison.Ordinal);
        Assert.StartsWith("INC-2 is declared", await bot.AsksAsync(Grace, "declare Checkout returns 500s sev:1"), StringComparison.Ordinal);
        bot.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.StartsWith("INC-3 is declared", await bot.AsksAsync(Ada, "declare Checkout returns 500s sev:1"), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();
}

public sealed class Sending_a_form : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task does_what_the_line_would_have_done()
    {
        await bot.SendsAsync(Ada, "declare", null, ("text", "Payroll leaked"), ("severity", "sev2"), ("private", "yes"), ("people", Grace.ToString()));
        var incident = await bot.IncidentAsync(One);

        Assert.Equal(("Payroll leaked", Severity.Sev2, true), (incident.Title, incident.Severity, incident.Private));
        Assert.Equal(Grace, Assert.Single(incident.Offers).Person);
    }

    [Fact]
    public async Task without_a_title_asks_for_one() =>
        Assert.Contains("Say in a few words", Sentence(await bot.SendsAsync(Ada, "declare", null, ("severity", "sev2")), "text"), StringComparison.Ordinal);

    [Fact]
    public async Task that_is_too_long_says_by_how_much()
    {
        await bot.DeclaredAsync();
        Assert.Contains("this one has 3001", Sentence(await bot.SendsAsync(Ada, "update", One, ("text", new string('x', 3001))), "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_is_refused_stays_open_with_the_reason()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve INC-1 done");
        Assert.Equal(Because.IncidentIsNotOpen.Sentence, Sentence(await bot.SendsAsync(Ada, "update", One, ("text", "late")), ""));
    }

    [Fact]
    public async Task may_be_corrected_and_sent_again_under_the_same_cause()
    {
        await bot.DeclaredAsync();
        var form = new Submitted(Ada, null, "snooze", One, ImmutableDictionary<string, string>.Empty.Add("duration", "30m"), "hall:form:1", Start);
        Assert.IsType<Answer.Mend>(await bot.Desk.SubmitAsync(form, TestContext.Current.CancellationToken));

        var mended = await bot.Desk.SubmitAsync(form with { Values = form.Values.Add("text", "vendor") }, TestContext.Current.CancellationToken);
        Assert.True(Assert.IsType<Answer.Show>(mended).Done);
        Assert.Single((await bot.FactsAsync(One)).OfType<UpdateSnoozed>());
    }

    public void Dispose() => bot.Dispose();

    private static string Sentence(Answer answer, string field) => Assert.IsType<Answer.Mend>(answer).Sentences[field];
}

public sealed class A_message_in_a_room : IDisposable
{
    private readonly TestBot bot = Running();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_recorded_once_when_it_comes_twice()
    {
        await bot.DeclaredAsync();
        var message = bot.Hall.Says(Grace, RoomName, "Errors are falling");

        Assert.True(await bot.Desk.RecordAsync(message, Ct));
        Assert.True(await bot.Desk.RecordAsync(message, Ct));
        Assert.Single((await bot.FactsAsync(One)).OfType<ChatRecord>(), record => record.Text == "Errors are falling");
    }

    [Fact]
    public async Task is_recorded_under_every_id_that_the_platform_gives_its_room()
    {
        await bot.DeclaredAsync();
        var first = bot.Hall.Says(Grace, RoomName, "Before").Record.Room;
        var second = first with { Id = "elsewhere" };
        var moved = new RecordedMessage(new Stamp("hall:moved", Start, null, Source.Live), new ChatRecord(ChatKind.RoomChanged, first, "") { NewRoom = second });

        Assert.True(await bot.Desk.RecordAsync(moved, Ct));

        Assert.Equal(first, await bot.Desk.FindRoomAsync(second, Ct));
        Assert.Equal(second, await bot.Directory.CurrentRoomAsync(first, Ct));
        Assert.True(Assert.IsType<Answer.Show>(await bot.SaysAsync(Ada, "note Still here", second)).Done);
    }

    [Fact]
    public async Task is_not_kept_when_the_room_belongs_to_no_incident()
    {
        await bot.DeclaredAsync();
        var elsewhere = bot.Hall.Says(Grace, "notices", "Lunch?");

        Assert.Null(await bot.Desk.FindRoomAsync(elsewhere.Record.Room, Ct));
        Assert.False(await bot.Desk.RecordAsync(elsewhere, Ct));
        Assert.DoesNotContain((await bot.FactsAsync(One)).OfType<ChatRecord>(), record => record.Text == "Lunch?");
    }

    [Fact]
    public async Task of_a_guest_is_recorded_though_they_may_not_command()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Knows(new Person(Linus, "linus", null, PersonKind.Guest));
        Assert.True(await bot.Desk.RecordAsync(bot.Hall.Says(Linus, RoomName, "I see it too"), Ct));
        Assert.Contains("Guests are recorded but may not command.", await bot.AsksAsync(Linus, "note I see it too", room), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();
}
