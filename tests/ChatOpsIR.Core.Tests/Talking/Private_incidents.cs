using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class A_private_incident : IDisposable
{
    private const string Line = "declare Payroll data leaked sev:1 private @grace";

    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("status INC-1")]
    [InlineData("who INC-1")]
    [InlineData("note INC-1 hello")]
    [InlineData("role INC-1 scribe me")]
    [InlineData("update INC-1")]
    [InlineData("close INC-1")]
    public async Task does_not_exist_for_an_outsider(string line)
    {
        await bot.SaysAsync(Ada, Line);
        Assert.Equal(
            await bot.AsksAsync(Linus, line.Replace("INC-1", "INC-99", StringComparison.Ordinal)),
            await bot.AsksAsync(Linus, line));
    }

    [Fact]
    public async Task is_in_nobodys_list_but_of_those_it_involves()
    {
        await bot.SaysAsync(Ada, Line);
        Assert.Contains("Payroll", await bot.AsksAsync(Ada, "list"), StringComparison.Ordinal);
        Assert.Contains("Payroll", await bot.AsksAsync(Grace, "list"), StringComparison.Ordinal);
        Assert.DoesNotContain("Payroll", await bot.AsksAsync(Linus, "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_open_to_whoever_is_in_its_room()
    {
        await bot.SaysAsync(Ada, Line);
        Assert.Contains("Payroll data leaked", await bot.AsksAsync(Linus, "status", (await bot.IncidentAsync(One)).Room!.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_suggested_to_no_outsider_who_declares_the_same()
    {
        await bot.SaysAsync(Ada, Line);
        Assert.DoesNotContain("It looks like", await bot.AsksAsync(Linus, "declare Payroll data leaked"), StringComparison.Ordinal);
        Assert.Contains("It looks like INC-1 Payroll data leaked", await bot.AsksAsync(Grace, "declare Payroll data leaked"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_announced_nowhere_and_its_room_tells_nothing()
    {
        await bot.SaysAsync(Ada, Line);
        Assert.DoesNotContain(bot.Hall.Rooms, room => room.Name == "notices");
        Assert.Matches("^opens private room [a-z]+-[a-z]+$", bot.Transcript[0]);
    }

    public void Dispose() => bot.Dispose();
}

public sealed class Declaring_what_looks_like_another : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task names_the_open_incident_and_its_room()
    {
        await bot.DeclaredAsync();
        Assert.Contains(
            $"It looks like INC-1 Checkout returns 500s, which is open in #{RoomName}. If it is the same, go there and resolve this one.",
            await bot.AsksAsync(Grace, "declare 500s from the checkout again"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("declare Search is slow")]
    [InlineData("declare Returns desk is closed for the day")]
    public async Task names_none_that_does_not(string line)
    {
        await bot.DeclaredAsync();
        Assert.DoesNotContain("It looks like", await bot.AsksAsync(Grace, line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task names_none_that_is_over()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve INC-1 done");
        await bot.SaysAsync(Ada, "close INC-1");
        Assert.DoesNotContain("It looks like", await bot.AsksAsync(Grace, "declare Checkout returns 500s"), StringComparison.Ordinal);
    }

    [Fact]
    public void puts_the_likest_first_and_names_three_at_most()
    {
        string[] open = ["Checkout is slow", "Checkout returns 500s in Berlin", "Checkout returns 500s", "Checkout errors", "Mail is late"];
        var alike = Similar.To("checkout RETURNS 500s", open.Select((title, i) => new Incident { Id = new IncidentId(i + 1), Title = title }));
        Assert.Equal(["INC-3", "INC-2", "INC-4"], alike.Select(incident => incident.Id.ToString()));
    }

    public void Dispose() => bot.Dispose();
}
