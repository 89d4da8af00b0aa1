using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Draws cards as Slack's blocks, within Slack's limits.</summary>
internal static class BlockKit
{
    public const int MostBlocksInMessage = 50;
    public const int MostBlocksInView = 100;
    private const int LongestText = 4000;
    private const int LongestSection = 3000;
    private const int LongestField = 2000;
    private const int LongestHeading = 150;
    private const int FieldsInSection = 10;
    private const int ButtonsInRow = 5;

    /// <summary>The <c>text</c> and <c>blocks</c> of a message.</summary>
    public static JsonObject Message(Card card) => new()
    {
        ["text"] = Summary(card),
        ["blocks"] = Blocks(card, MostBlocksInMessage),
    };

    /// <summary>The body that answers only the person who acted.</summary>
    public static JsonObject Answer(Card card)
    {
        var answer = Message(card);
        answer.Insert(0, "response_type", "ephemeral");
        return answer;
    }

    /// <summary>A window that shows a card in the place of a form. What was pressed in it would know no message, so it has no buttons.</summary>
    public static JsonObject ResultView(Card card) => new()
    {
        ["type"] = "modal",
        ["title"] = Plain("ChatOpsIR", 24),
        ["close"] = Plain("Close", 24),
        ["blocks"] = Blocks(card with { Parts = card.Parts.RemoveAll(part => part is Buttons) }, MostBlocksInView),
    };

    /// <summary>A person's own page.</summary>
    public static JsonObject HomeView(Card card) => new() { ["type"] = "home", ["blocks"] = Blocks(card, MostBlocksInView) };

    public static JsonObject Plain(string text, int most) => new()
    {
        ["type"] = "plain_text",
        ["text"] = CodePoints.Line(text, most) is { Length: > 0 } line ? line : "–",
    };

    public static JsonObject Section(string mrkdwn) => new() { ["type"] = "section", ["text"] = Text(mrkdwn) };

    private static string Summary(Card card) =>
        (card.Notice is { } notice ? Mrkdwn.Notice(notice, LongestText) : Mrkdwn.Escape(card.Summary, LongestText)) is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : "–";

    private static JsonArray Blocks(Card card, int most)
    {
        var sayNumber = 0;
        var blocks = card.Parts.SelectMany(part => Draw(part, () => sayNumber++)).ToList();
        if (blocks.Count == 0)
        {
            // Without blocks Slack would draw the notification's text, and find formatting in it.
            blocks.AddRange(Draw(new Paragraph(Words.Of(card.Summary)), () => 0).DefaultIfEmpty(Section("–")));
        }

        if (blocks.Count > most)
        {
            var left = blocks.Count - (most - 1);
            blocks.RemoveRange(most - 1, left);
            blocks.Add(Context(string.Create(CultureInfo.InvariantCulture, $"{left} more parts are left out here.")));
        }

        return new JsonArray([.. blocks]);
    }

    private static IEnumerable<JsonObject> Draw(CardPart part, Func<int> nextSay) => part switch
    {
        Heading heading => [new JsonObject { ["type"] = "header", ["text"] = Plain(heading.Text, LongestHeading) }],
        Paragraph paragraph => Mrkdwn.Split(Mrkdwn.Pieces(paragraph.Text), LongestSection).Where(Shows).Select(Section),
        Facts facts => facts.Values.Chunk(FieldsInSection).Select(Fields),
        Aside aside => Mrkdwn.Split(Mrkdwn.Pieces(aside.Text), LongestSection).Where(Shows).Select(Context),
        Divider => [new JsonObject { ["type"] = "divider" }],
        Buttons buttons => buttons.Items.Chunk(ButtonsInRow).Select(row => Row(row, nextSay)),
        OpenLink link => [new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray(ButtonElement.Draw(link, nextSay())) }],
        _ => [],
    };

    private static JsonObject Fields(LabelledValue[] values) => new()
    {
        ["type"] = "section",
        ["fields"] = new JsonArray([.. values.Select(Field)]),
    };

    private static JsonObject Field(LabelledValue value)
    {
        ImmutableArray<string> label = [.. Mrkdwn.Pieces(Words.Of(new Strong(CodePoints.Cut(value.Label, 100)))), "\n"];
        var shown = Mrkdwn.Pieces(value.Value);
        return Text(Mrkdwn.Take([.. label, .. shown.Any(Shows) ? shown : ["–"]], LongestField));
    }

    private static JsonObject Context(string mrkdwn) => new()
    {
        ["type"] = "context",
        ["elements"] = new JsonArray(Text(mrkdwn)),
    };

    private static JsonObject Row(Button[] buttons, Func<int> nextSay) => new()
    {
        ["type"] = "actions",
        ["elements"] = new JsonArray([.. buttons.Select(button => ButtonElement.Draw(button, nextSay()))]),
    };

    /// <summary>With <c>verbatim</c>, Slack turns no bare address or channel name into a link.</summary>
    private static JsonObject Text(string mrkdwn) => new() { ["type"] = "mrkdwn", ["text"] = mrkdwn, ["verbatim"] = true };

    private static bool Shows(string text) => text.Any(character => !char.IsWhiteSpace(character) && character is not '\u200B');
}
