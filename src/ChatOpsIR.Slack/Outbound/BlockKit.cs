using System.Globalization;
using System.Text.Json;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Card to Block Kit, within Slack's published limits.</summary>
internal static class BlockKit
{
    private const int MostBlocks = 50;
    private const int LongestText = 4000;
    private const int LongestSection = 3000;
    private const int LongestField = 2000;
    private const int LongestHeader = 150;
    private const int MostFields = 10;
    private const int LongestLabel = 75;

    /// <summary>Writes <c>text</c> and <c>blocks</c>.</summary>
    public static void WriteMessage(Utf8JsonWriter json, Card card)
    {
        json.WriteString("text", Mrkdwn.Cut(Mrkdwn.Escape(card.Summary), LongestText));
        json.WriteStartArray("blocks");
        WriteBlocks(json, card);
        json.WriteEndArray();
    }

    public static void WriteBlocks(Utf8JsonWriter json, Card card)
    {
        var blocks = card.Parts.SelectMany((part, place) => Blocks(part, place)).ToArray();
        foreach (var block in blocks.Length <= MostBlocks ? blocks : blocks[..(MostBlocks - 1)])
        {
            json.WriteStartObject();
            block(json);
            json.WriteEndObject();
        }

        if (blocks.Length > MostBlocks)
        {
            json.WriteStartObject();
            Context(json, string.Create(CultureInfo.InvariantCulture, $"{blocks.Length - MostBlocks + 1} more parts do not fit here."));
            json.WriteEndObject();
        }
    }

    public static void PlainText(Utf8JsonWriter json, string name, string text, int longest)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "plain_text");
        json.WriteString("text", Mrkdwn.Cut(text.Length == 0 ? " " : text, longest));
        json.WriteEndObject();
    }

    private static IEnumerable<Action<Utf8JsonWriter>> Blocks(CardPart part, int place) => part switch
    {
        Heading heading => [json =>
        {
            json.WriteString("type", "header");
            PlainText(json, "text", heading.Text.ReplaceLineEndings(" "), LongestHeader);
        }],
        Paragraph paragraph => Pieces(Mrkdwn.Of(paragraph.Text)).Select(piece => (Action<Utf8JsonWriter>)(json =>
        {
            json.WriteString("type", "section");
            Text(json, "text", piece);
        })),
        Facts facts => facts.Values.Chunk(MostFields).Select(chunk => (Action<Utf8JsonWriter>)(json =>
        {
            json.WriteString("type", "section");
            json.WriteStartArray("fields");
            foreach (var value in chunk)
            {
                json.WriteStartObject();
                json.WriteString("type", "mrkdwn");
                json.WriteString("text", Mrkdwn.Cut(Mrkdwn.Of(Words.Of(new Strong(value.Label), "\n").Then([.. value.Value.Spans])), LongestField));
                json.WriteBoolean("verbatim", true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        })),
        Aside aside => [json => Context(json, Mrkdwn.Of(aside.Text))],
        Divider => [json => json.WriteString("type", "divider")],
        Buttons { Items.Length: > 0 } buttons => [json => WriteButtons(json, buttons, place)],
        _ => [],
    };

    private static void WriteButtons(Utf8JsonWriter json, Buttons buttons, int place)
    {
        json.WriteString("type", "actions");
        json.WriteStartArray("elements");
        foreach (var (button, n) in buttons.Items.Take(25).Select((button, n) => (button, n)))
        {
            json.WriteStartObject();
            json.WriteString("type", "button");
            json.WriteString("action_id", string.Create(CultureInfo.InvariantCulture, $"say:{place}:{n}"));
            PlainText(json, "text", button.Label, LongestLabel);
            json.WriteString("value", JsonSerializer.Serialize(new { incident = button.Incident?.ToString(), say = button.Command }));
            if (button.Style is not ButtonStyle.Plain)
            {
                json.WriteString("style", button.Style is ButtonStyle.Primary ? "primary" : "danger");
            }

            if (button.Confirm is { } question)
            {
                json.WriteStartObject("confirm");
                PlainText(json, "title", "Are you sure?", 100);
                PlainText(json, "text", question, 300);
                PlainText(json, "confirm", "Yes", 30);
                PlainText(json, "deny", "No", 30);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Context(Utf8JsonWriter json, string text)
    {
        json.WriteString("type", "context");
        json.WriteStartArray("elements");
        json.WriteStartObject();
        json.WriteString("type", "mrkdwn");
        json.WriteString("text", Mrkdwn.Cut(text.Length == 0 ? " " : text, LongestSection));
        json.WriteBoolean("verbatim", true);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "mrkdwn");
        json.WriteString("text", text);
        json.WriteBoolean("verbatim", true);
        json.WriteEndObject();
    }

    // A long paragraph becomes several sections; a break never falls inside an escape or a surrogate pair.
    private static IEnumerable<string> Pieces(string text)
    {
        if (text.Trim().Length == 0)
        {
            yield break;
        }

        while (text.Length > LongestSection)
        {
            var end = text.LastIndexOfAny(['\n', ' '], LongestSection - 1, LongestSection / 2);
            end = end > 0 ? end : LongestSection - 10;
            var escape = text.LastIndexOf('&', end - 1, Math.Min(end, 6));
            end = escape > 0 && text.IndexOf(';', escape) >= end ? escape : end;
            end = char.IsLowSurrogate(text[end]) ? end - 1 : end;
            yield return text[..end];
            text = text[end..];
        }

        yield return text;
    }
}
