using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Outbound;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public sealed class DrawingCards
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly IncidentId Incident = new(42);

    private static readonly Card Everything = Card.Of(
        "INC-42 <checkout> is down & SEV2.",
        new Heading("INC-42: <checkout> is down"),
        new Facts(
        [
            new LabelledValue("Manager", Words.Of(new Mention(SlackBench.Person("U1")))),
            new LabelledValue("Declared", Words.Of(new Moment(new DateTimeOffset(2026, 11, 24, 14, 41, 30, TimeSpan.Zero)))),
            new LabelledValue("Room", Words.Of(new RoomLink(SlackBench.Room, "inc-42"))),
            new LabelledValue("Scribe", Words.None),
        ]),
        new Divider(),
        new Paragraph(Words.Of("Quoted: *bold* _it_ <!channel> db_main `x`\n> said ", new Strong("loud*ly"), " type ", new Code("role `manager`"))),
        new Paragraph(Words.Of("From elsewhere: ", new Mention(new PersonId("teams", "X", "<!here>")), new RoomLink(new RoomId("teams", "r"), "<#C1>"))),
        new Aside(Words.Of("Next update in 30 minutes.")),
        new Buttons(
        [
            new Button("Accept", Incident, "accept manager", ButtonStyle.Primary),
            new Button("Close", Incident, "close", ButtonStyle.Danger, "Close INC-42?"),
            new Button("Help", null, "help"),
        ]));

    private static readonly Form Declare = new(
        "declare",
        Incident,
        "Declare an incident",
        "Declare",
        [
            new Field("title", "What is wrong?", FieldKind.Line, Hint: "One line.", Value: "<checkout>", MaxLength: 200),
            new Field("summary", "Summary", FieldKind.Text, Optional: true),
            new Field("severity", "How bad?", FieldKind.Choice, Value: "sev2", Choices: [new Choice("sev1", "SEV1", "All customers"), new Choice("sev2", "SEV2")]),
            new Field("manager", "Manager", FieldKind.Person, Optional: true, Value: "slack:T1:U1"),
            new Field("helpers", "Helpers", FieldKind.People, Optional: true, Value: "slack:T1:U1 slack:T1:U2 teams:X:U3"),
            new Field("private", "Keep it private", FieldKind.Toggle, Value: "yes"),
        ],
        Words.Of("For emergencies."));

    [Fact]
    public void names_people_in_the_notification_and_nobody_whom_others_wrote_there()
    {
        var card = Card.Of(Words.Of("INC-42: ", new Mention(SlackBench.Person("U1")), " noted: <!channel> *now*"), new Paragraph(Words.Of("Noted.")));

        Assert.Equal("INC-42: <@U1> noted: &lt;!channel&gt; *now*", (string?)BlockKit.Message(card)["text"]);
    }

    [Fact]
    public void gives_the_message_that_was_agreed() => IsGolden("message", BlockKit.Message(Everything));

    [Fact]
    public void gives_the_answer_that_was_agreed() => IsGolden("answer", BlockKit.Answer(Card.Say("Nothing to do.")));

    [Fact]
    public void gives_the_result_window_that_was_agreed() => IsGolden("result-view", BlockKit.ResultView(Everything));

    [Fact]
    public void gives_the_form_that_was_agreed() => IsGolden("form", FormView.Draw(Declare, SlackBench.Room));

    [Fact]
    public void says_how_much_it_left_out()
    {
        var card = new Card("Long.", [.. Enumerable.Range(0, 60).Select(number => new Paragraph(Words.Of($"Line {number}")))]);

        var blocks = BlockKit.Message(card)["blocks"]!.AsArray();

        Assert.Equal(50, blocks.Count);
        Assert.Contains("11 more parts", blocks[^1]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void splits_long_paragraphs_between_words_and_loses_nothing()
    {
        var text = string.Join(' ', Enumerable.Range(0, 2000));

        var blocks = BlockKit.Message(Card.Of("Long.", new Paragraph(Words.Of(text))))["blocks"]!.AsArray();
        var parts = blocks.Select(block => block!["text"]!["text"]!.GetValue<string>()).ToImmutableArray();

        Assert.Equal(text, string.Concat(parts));
        Assert.All(parts, part => Assert.InRange(part.Length, 1, 3000));
        Assert.All(parts[..^1], part => Assert.EndsWith(" ", part, StringComparison.Ordinal));
    }

    /// <summary>The first run of a new picture writes it down and fails: look at it before it is committed.</summary>
    private static void IsGolden(string name, JsonObject drawn)
    {
        var file = Repository.PathOf("tests", "ChatOpsIR.Bot.Tests", "TestData", "blockkit", $"{name}.json");
        var actual = drawn.ToJsonString(Readable) + "\n";
        if (!File.Exists(file))
        {
            File.WriteAllText(file, actual);
            Assert.Fail($"{name}.json is new: check it.");
        }

        Assert.Equal(File.ReadAllText(file), actual, ignoreLineEndingDifferences: true);
    }
}
