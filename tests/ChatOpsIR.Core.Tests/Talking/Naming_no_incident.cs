using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Naming_no_incident : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("status", "incident")]
    [InlineData("catchup 2h", "incident, duration")]
    [InlineData("update All is well", "incident, text")]
    [InlineData("role scribe @grace", "incident, role, people")]
    [InlineData("severity sev:2 only one region", "incident, severity, text")]
    [InlineData("decide by @grace We roll back", "incident, people, text")]
    public async Task asks_which_and_keeps_what_was_said(string line, string fields) =>
        Assert.Equal($"form Which incident?: {fields}", await bot.AsksAsync(Ada, line));

    [Fact]
    public async Task is_mended_by_the_form()
    {
        await bot.DeclaredAsync();
        var form = Assert.IsType<Answer.Ask>(await bot.SaysAsync(Ada, "note The vendor confirms")).Form;
        Assert.Equal("The vendor confirms", form.Fields.Single(field => field.Name == "text").Value);

        Assert.IsType<Answer.Mend>(await SendsAsync("note", ("text", "The vendor confirms")));
        var answer = Assert.IsType<Answer.Show>(await SendsAsync("note", ("text", "The vendor confirms"), ("incident", "INC-1")));

        Assert.True(answer.Done);
        Assert.Contains("The vendor confirms", PlainText.Of(answer.Card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task offers_the_open_ones_by_number_and_title()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "declare Search is slow");
        await bot.SaysAsync(Grace, "declare private A laptop was stolen");

        Assert.Equal(["INC-2", "INC-1"], await OffersAsync(Ada, ""));
        Assert.Equal(["INC-3", "INC-2", "INC-1"], await OffersAsync(Grace, ""));
        Assert.Equal(["INC-2"], await OffersAsync(Ada, "slow sea"));
        Assert.Equal(["INC-1"], await OffersAsync(Ada, "inc-1"));
        Assert.Empty(await OffersAsync(Ada, "laptop"));
    }

    [Fact]
    public async Task offers_an_outsider_nothing()
    {
        await bot.DeclaredAsync();
        Assert.Empty(await bot.Desk.ChoicesAsync(Grace, Ports.PersonKind.Foreign, "", TestContext.Current.CancellationToken));
    }

    public void Dispose() => bot.Dispose();

    private Task<Answer> SendsAsync(string verb, params (string Field, string Value)[] filled) => bot.Desk.SubmitAsync(
        new Submitted(Ada, null, verb, null, filled.ToImmutableDictionary(field => field.Field, field => field.Value), "hall:view:1", bot.Time.GetUtcNow()),
        TestContext.Current.CancellationToken);

    private async Task<string[]> OffersAsync(Record.PersonId who, string typed) =>
        [.. (await bot.Desk.ChoicesAsync(who, null, typed, TestContext.Current.CancellationToken)).Select(choice => choice.Value)];
}
