using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Starting_from_a_message : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task puts_its_words_into_the_form_and_declares_nothing()
    {
        var form = await FormAsync("The private key\nof checkout leaked, sev:1?", new RoomId(TranscriptPlatform.Product, "19:shop"));

        Assert.Equal("The private key of checkout leaked, sev:1?", Title(form));
        Assert.Equal("@8:grace said in #19:shop:\nThe private key\nof checkout leaked, sev:1?", PlainText.Of(form.Intro!));
        Assert.Null(form.Fields.Single(field => field.Name == "private").Value);
        Assert.Empty(await bot.Desk.ChoicesAsync(Ada, null, "", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task keeps_the_link_to_it_through_the_form()
    {
        var message = new MessageId(new RoomId(TranscriptPlatform.Product, "19:shop"), "m/7");
        var form = Assert.IsType<Answer.Ask>(await bot.Desk.SayAsync(bot.Line(Ada, "declare") with { MadeFrom = message }, TestContext.Current.CancellationToken)).Form;
        Assert.Equal(message, form.MadeFrom);

        await bot.Desk.SubmitAsync(
            new Submitted(Ada, null, "declare", null, System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("text", "It burns"), "hall:view:1", bot.Time.GetUtcNow()) { MadeFrom = form.MadeFrom },
            TestContext.Current.CancellationToken);

        Assert.Equal(message, Assert.IsType<Incidents.IncidentDeclared>((await bot.FactsAsync(One))[0]).MadeFrom);
    }

    [Fact]
    public async Task cuts_the_title_and_no_character_in_half()
    {
        var title = Title(await FormAsync(string.Concat(Enumerable.Repeat("🔥", 100)), room: null));

        Assert.Equal(119, title.Length);
        Assert.EndsWith("🔥…", title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task names_no_place_for_what_was_said_in_confidence() =>
        Assert.StartsWith("@8:grace said in a direct message:", PlainText.Of((await FormAsync("It burns", room: null)).Intro!), StringComparison.Ordinal);

    public void Dispose() => bot.Dispose();

    private async Task<Form> FormAsync(string text, RoomId? room) => Assert.IsType<Answer.Ask>(await bot.Desk.SayAsync(
        bot.Line(Ada, "declare") with { Quote = new Quote(Grace, "", [new TextPiece(text)], room) }, TestContext.Current.CancellationToken)).Form;

    private static string Title(Form form) => form.Fields.Single(field => field.Name == "text").Value!;
}
