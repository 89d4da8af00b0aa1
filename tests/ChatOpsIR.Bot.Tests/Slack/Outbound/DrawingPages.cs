using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Outbound;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public sealed class DrawingPages : IDisposable
{
    private readonly SlackBench bench = new();

    [Fact]
    public void keeps_to_a_hundred_blocks()
    {
        ImmutableArray<CardPart> parts = [.. Enumerable.Range(1, 150).Select(number => new Paragraph(Words.Of($"INC-{number}")))];

        var view = BlockKit.HomeView(new Card("Your incidents", parts));

        Assert.Equal("home", view["type"]!.GetValue<string>());
        Assert.Equal(100, view["blocks"]!.AsArray().Count);
        Assert.Contains("51 more parts are left out here.", view["blocks"]![99]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task publishes_them_to_their_person()
    {
        bench.Slack.Answer("views.publish", """{"ok":true}""");

        await bench.Talk.ShowHomeAsync(SlackBench.Person("U1"), Card.Say("Nothing waits <!here>."), shown: null, TestContext.Current.CancellationToken);

        var body = bench.Slack.Calls.Single(call => call.Method == "views.publish").Body;
        Assert.Contains("\"user_id\":\"U1\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<!here>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task costs_no_call_while_it_shows_the_same()
    {
        bench.Slack.Answer("views.publish", """{"ok":true}""");
        bench.Slack.Answer("views.publish", """{"ok":true}""");
        await bench.Talk.ShowHomeAsync(SlackBench.Person("U1"), Card.Say("Nothing waits."), shown: "", TestContext.Current.CancellationToken);
        var shown = JsonNode.Parse(bench.Slack.Calls.Single().Body)!["view"]!["private_metadata"]!.GetValue<string>();

        await bench.Talk.ShowHomeAsync(SlackBench.Person("U1"), Card.Say("Nothing waits."), shown, TestContext.Current.CancellationToken);
        Assert.Single(bench.Slack.Calls);

        await bench.Talk.ShowHomeAsync(SlackBench.Person("U1"), Card.Say("Something waits."), shown, TestContext.Current.CancellationToken);
        Assert.Equal(2, bench.Slack.Calls.Count);
    }

    [Fact]
    public void asks_for_an_incident_from_the_first_letter_on()
    {
        var form = new Form("note", null, "Which incident?", "Go on", [new Field("incident", "Which incident?", FieldKind.Incident)]);

        var element = FormView.Draw(form, null)["blocks"]![0]!["element"]!;

        Assert.Equal(("external_select", 0), (element["type"]!.GetValue<string>(), element["min_query_length"]!.GetValue<int>()));
    }

    [Fact]
    public void offers_at_most_a_hundred_choices_with_short_labels()
    {
        var offered = FormView.Suggestions([.. Enumerable.Range(1, 120).Select(number => new Choice($"INC-{number}", new string('x', 200)))])["options"]!.AsArray();

        Assert.Equal(100, offered.Count);
        Assert.All(offered, option => Assert.InRange(option!["text"]!["text"]!.GetValue<string>().Length, 1, 75));
    }

    public void Dispose() => bench.Dispose();
}
