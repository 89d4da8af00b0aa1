using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Asking_for_help : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task outside_a_war_room_begins_with_declaring() =>
        Assert.Equal(["declare", "list", "status"], await FirstAsync(Ada, null));

    [Fact]
    public async Task begins_with_what_the_manager_has_yet_to_do() =>
        Assert.Equal(["role", "update", "impact", "severity", "decide"], await FirstAsync(Ada, await bot.DeclaredAsync()));

    [Fact]
    public async Task begins_with_taking_a_role_for_whoever_has_none() =>
        Assert.Equal(["role", "status", "who", "note"], await FirstAsync(Grace, await bot.DeclaredAsync()));

    [Fact]
    public async Task begins_with_the_role_that_one_was_asked_to_take()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "role communications @grace", room);
        Assert.Equal("accept", (await FirstAsync(Grace, room))[0]);

        await bot.SaysAsync(Grace, "accept", room);
        Assert.Equal("update", (await FirstAsync(Grace, room))[0]);
    }

    [Fact]
    public async Task follows_how_the_incident_stands()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve over", room);
        Assert.Equal("close", (await FirstAsync(Ada, room))[0]);
        Assert.DoesNotContain("close", await FirstAsync(Grace, room));

        await bot.SaysAsync(Ada, "close", room);
        Assert.Equal("reopen", (await FirstAsync(Ada, room))[0]);
    }

    [Theory]
    [InlineData("help manager", "Leads the response", "/incident handover @someone")]
    [InlineData("help comms", "Keeps everybody told", "/incident update")]
    [InlineData("help Scribe", "Notes decisions", "/incident decide")]
    public async Task about_a_role_shows_what_it_does_and_its_commands(string line, string duty, string command)
    {
        var help = await bot.AsksAsync(Ada, line);
        Assert.Contains(duty, help, StringComparison.Ordinal);
        Assert.Contains(command, help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task about_what_is_neither_word_nor_role_names_both() =>
        Assert.Contains("The roles are: manager,", await bot.AsksAsync(Ada, "help abracadabra"), StringComparison.Ordinal);

    public void Dispose() => bot.Dispose();

    private async Task<string[]> FirstAsync(PersonId who, RoomId? room)
    {
        var help = await bot.AsksAsync(who, "help", room);
        var first = help[..help.IndexOf("All words: declare, status", StringComparison.Ordinal)];
        return [.. first.Split('\n').Where(line => line.StartsWith("/incident ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1].Trim())];
    }
}

public sealed class A_slip_of_the_finger : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("udpate Errors are falling", "Did you mean /incident update Errors are falling?")]
    [InlineData("role2 comms @grace", "Did you mean /incident role comms @grace?")]
    [InlineData("nore <!here> `x`\n*y*", "Did you mean /incident note <!here> `x` *y*?")]
    [InlineData("manager @grace", "Did you mean /incident role manager @grace?")]
    [InlineData("scribe", "Did you mean /incident role scribe @someone?")]
    [InlineData("checkout is down sev:1", "If that is what is happening, declare it: /incident declare checkout is down sev:1.")]
    [InlineData("udpate", "Did you mean /incident update Rollback done in two of three regions, errors are falling?")]
    public async Task is_answered_with_the_same_words_behind_the_right_one(string line, string answer) =>
        Assert.Contains(answer, await bot.AsksAsync(Ada, line), StringComparison.Ordinal);

    [Fact]
    public async Task repeats_no_more_than_can_be_read() =>
        Assert.Contains($"/incident note {new string('x', 200)}…?", await bot.AsksAsync(Ada, $"nore {new string('x', 300)}"), StringComparison.Ordinal);

    public void Dispose() => bot.Dispose();
}

public sealed class What_is_so_already : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("severity sev:1", "INC-1 is SEV1 already. If something else about it changed, tell people with /incident update …")]
    [InlineData("reopen why not", "INC-1 is open. Tell people how it goes with /incident update …")]
    [InlineData("accept manager", "You are Incident Manager of INC-1 already")]
    [InlineData("accept", "You are Incident Manager of INC-1 already")]
    [InlineData("role manager me", "@8:ada has that role already. /incident who INC-1 shows who does what.")]
    [InlineData("handover me", "@8:ada is Incident Manager of INC-1 already. Name somebody else: /incident handover manager @someone")]
    [InlineData("role accept", "leave the first word out: /incident accept.")]
    [InlineData("role accept manager", "leave the first word out: /incident accept manager.")]
    [InlineData("list sideways", "I cannot list by “sideways”. Try /incident list all")]
    public async Task is_answered_with_what_to_do_instead(string line, string answer)
    {
        var room = await bot.DeclaredAsync();
        Assert.Contains(answer, await bot.AsksAsync(Ada, line, room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_how_an_ended_incident_goes_on()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve over", room);
        Assert.Contains("INC-1 is resolved already. End it with /incident close INC-1", await bot.AsksAsync(Ada, "resolve over", room), StringComparison.Ordinal);
        await bot.SaysAsync(Ada, "close", room);
        Assert.Contains("INC-1 is closed already, and nothing more is due.", await bot.AsksAsync(Ada, "close", room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_who_has_not_answered()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "role scribe @grace", room);
        Assert.Contains("@8:grace is asked already and has not answered.", await bot.AsksAsync(Ada, "role scribe @grace", room), StringComparison.Ordinal);
        await bot.SaysAsync(Ada, "handover @grace", room);
        Assert.Contains("@8:grace is asked already and has not answered.", await bot.AsksAsync(Ada, "handover @grace", room), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();
}

public sealed class Listing : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("list", "INC-3 INC-2")]
    [InlineData("list all", "INC-3 INC-2 INC-1")]
    [InlineData("list mine", "INC-2")]
    [InlineData("list sev:2", "INC-3")]
    [InlineData("list all mine sev:1", "INC-1")]
    [InlineData("list sev:1", "")]
    public async Task may_be_narrowed_or_widened(string line, string numbers)
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve INC-1 over");
        await bot.SaysAsync(Ada, "close INC-1");
        await bot.SaysAsync(Ada, "declare Mail is late sev:4");
        await bot.SaysAsync(Grace, "declare Search is slow sev:2");

        var list = await bot.AsksAsync(Ada, line);
        Assert.Equal(numbers, string.Join(' ', list.Split('\n').Where(row => row.StartsWith("INC-", StringComparison.Ordinal)).Select(row => row.Split(' ')[0])));
    }

    [Fact]
    public async Task shows_no_private_incident_to_outsiders_whatever_is_asked()
    {
        await bot.SaysAsync(Ada, "declare Payroll leaked private");
        Assert.StartsWith("There has been no incident yet.", await bot.AsksAsync(Grace, "list all"), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();
}

public sealed class A_form : IDisposable
{
    private readonly TestBot bot = Running();

    public static TheoryData<string> Lines =>
    [
        "declare", "role", "severity", "accept …", "note", "update", "snooze", "resolve", "close …", "reopen", "decide", "impact", "invite", "handover",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task keeps_to_what_the_tightest_platform_shows(string line)
    {
        var room = await bot.DeclaredAsync();
        var form = Assert.IsType<Answer.Ask>(await bot.SaysAsync(Ada, line, room)).Form;

        Assert.Equal(line.Split(' ')[0], form.Verb);
        Assert.InRange(form.Title.Length, 1, 24);
        Assert.InRange(form.Submit.Length, 1, 24);
        Assert.NotEmpty(form.Fields);
        Assert.All(form.Fields, field =>
        {
            Assert.InRange(field.MaxLength, 0, 3000);
            Assert.True(field.Kind is not (FieldKind.Line or FieldKind.Text) || field.MaxLength > 0, $"{field.Name} has no limit.");
            Assert.True(field.Kind is not FieldKind.Choice || !field.Choices.IsDefaultOrEmpty && field.Choices.All(choice => choice.Label.Length <= 75), $"{field.Name} has no choice.");
        });
    }

    [Fact]
    public async Task that_puts_an_update_off_offers_nothing_that_would_be_refused()
    {
        var room = await bot.DeclaredAsync();
        var form = Assert.IsType<Answer.Ask>(await bot.SaysAsync(Ada, "snooze waiting for the vendor", room)).Form;
        Assert.Equal(["30m", "60m", "120m", "240m"], form.Fields[0].Choices.Select(choice => choice.Value));
        Assert.Equal(("30m", "waiting for the vendor"), (form.Fields[0].Value, form.Fields[1].Value));
        foreach (var choice in form.Fields[0].Choices)
        {
            Assert.True(Assert.IsType<Answer.Show>(await bot.SendsAsync(Ada, "snooze", One, ("duration", choice.Value), ("text", "vendor"))).Done);
        }
    }

    [Fact]
    public async Task keeps_what_was_typed()
    {
        var room = await bot.DeclaredAsync();
        var role = Assert.IsType<Answer.Ask>(await bot.SaysAsync(Ada, "role @grace", room)).Form;
        Assert.Equal(Grace.ToString(), role.Fields[1].Value);
        var severity = Assert.IsType<Answer.Ask>(await bot.SaysAsync(Ada, "severity only one region", room)).Form;
        Assert.Equal("only one region", severity.Fields[1].Value);
        var snooze = Assert.IsType<Answer.Ask>(await bot.SaysAsync(Ada, "snooze 45m", room)).Form;
        Assert.Equal("45m", snooze.Fields[0].Value);
    }

    [Fact]
    public async Task sent_without_what_it_must_have_says_so_at_the_field()
    {
        await bot.DeclaredAsync();
        var mend = Assert.IsType<Answer.Mend>(await bot.SendsAsync(Ada, "snooze", One, ("duration", "30m")));
        Assert.Equal("Fill this in.", mend.Sentences["text"]);
        Assert.False(mend.Sentences.ContainsKey("duration"));
    }

    public void Dispose() => bot.Dispose();
}
