using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Outbound;
using CsCheck;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

/// <summary>Whatever people and alerts write: it stays within Slack's limits and never becomes a mention, a link or formatting.</summary>
public sealed partial class DrawingHostileText
{
    private static readonly Gen<string> Nasty = Gen.OneOf(
        AnyOf(
            "<!channel>", "<!here|x>", "<@U1>", "<#C1>", "<http://evil.example|bank>", "<mailto:a@b|c>", "<!subteam^S1>", "&lt;!channel&gt;", "*b*", "_i_", "~s~", "`c`",
            "```", "\n> q", ">", "|", "\u202E", "\uD800", "\0", "💥", "é", " ", "\n", "https://evil.example", "@here", "a_b", ""),
        Gen.String[0, 20]);

    private static readonly Gen<string> Text = Gen.Select(
        Nasty.Array[0, 8], AnyOf(1, 1, 1, 1, 40, 200), (pieces, times) => string.Concat(Enumerable.Repeat(string.Concat(pieces), times)));

    private static readonly Gen<PersonId> Person = Gen.Select(
        AnyOf("slack", "teams"), Gen.OneOf(AnyOf("U7"), Nasty.Select(text => "<" + text)), (platform, user) => new PersonId(platform, "T1", user));

    private static readonly Gen<Span> AnySpan = Gen.OneOf(
        Text.Select(text => (Span)new Plain(text)),
        Text.Select(text => (Span)new Strong(text)),
        Text.Select(text => (Span)new Code(text)),
        Person.Select(person => (Span)new Mention(person)),
        Gen.Select(AnyOf("C7", "<!x>"), Text, (id, name) => (Span)new RoomLink(new RoomId("slack", id), name)),
        Gen.Int[0, int.MaxValue].Select(seconds => (Span)new Moment(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    private static readonly Gen<Words> AnyWords = AnySpan.Array[0, 5].Select(spans => new Words([.. spans]));

    private static readonly Gen<Button> AnyButton = Gen.Select(
        Text, Text, Gen.Enum<ButtonStyle>(), Text, (label, command, style, confirm) => new Button(label, new IncidentId(42), command, style, confirm));

    private static readonly Gen<CardPart> Part = Gen.OneOf(
        Text.Select(text => (CardPart)new Heading(text)),
        AnyWords.Select(words => (CardPart)new Paragraph(words)),
        AnyWords.Select(words => (CardPart)new Aside(words)),
        Gen.Const((CardPart)new Divider()),
        Gen.Select(Text, AnyWords, (label, words) => new LabelledValue(label, words)).Array[0, 12].Select(values => (CardPart)new Facts([.. values])),
        AnyButton.Array[0, 7].Select(buttons => (CardPart)new Buttons([.. buttons])));

    private static readonly Gen<Card> AnyCard = Gen.Select(
        Text, AnyWords, Gen.Bool, Part.Array[0, 12], (summary, notice, named, parts) => named ? Card.Of(notice, [.. parts]) : Card.Of(summary, [.. parts]));

    private static readonly Gen<Field> AnyField = Gen.Select(
        Gen.Int[0, 100], Gen.Enum<FieldKind>(), Text, Text, Gen.Int[0, 5000], Gen.Select(Text, Text, (value, label) => new Choice(value, label, label)).Array[0, 5],
        (name, kind, label, value, most, choices) => new Field($"f{name}", label, kind, false, label, value, most, [.. choices]));

    private static readonly Gen<Form> AnyForm = Gen.Select(
        Text, AnyField.Array[1, 8], AnyWords, (title, fields, intro) => new Form("declare", new IncidentId(42), title, title, [.. fields], intro));

    [Fact]
    public void keeps_cards_harmless() => AnyCard.Sample(
        card =>
        {
            var message = BlockKit.Message(card);
            Assert.DoesNotMatch("[<>]", OurTokens().Replace(message["text"]!.GetValue<string>(), ""));
            IsWithin(message["text"]!, 4000);
            Assert.InRange(message["blocks"]!.AsArray().Count, 1, 50);
            Check(message["blocks"]!);
            Check(BlockKit.ResultView(card)["blocks"]!);
            Assert.Equal(SayIds(message).Distinct(), SayIds(message));
        },
        iter: 150);

    [Fact]
    public void keeps_forms_harmless() => AnyForm.Sample(
        form =>
        {
            var view = FormView.Draw(form, null);
            IsWithin(view["title"]!["text"]!, 24);
            IsWithin(view["submit"]!["text"]!, 24);
            Check(view["blocks"]!);
            Assert.InRange(ApiJson.Bytes(view).Length, 1, 250_000);
        },
        iter: 80);

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static IEnumerable<string> SayIds(JsonObject message) =>
        from block in message["blocks"]!.AsArray()
        where block!["type"]!.GetValue<string>() is "actions"
        from element in block!["elements"]!.AsArray()
        select element!["action_id"]!.GetValue<string>();

    /// <summary>Walks through all that was drawn.</summary>
    private static void Check(JsonNode node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Check(item!);
            }
        }
        else if (node is JsonObject thing)
        {
            CheckOne(thing);
            foreach (var (_, child) in thing)
            {
                if (child is JsonObject or JsonArray)
                {
                    Check(child);
                }
            }
        }
    }

    private static void CheckOne(JsonObject thing)
    {
        switch ((string?)thing["type"])
        {
            case "mrkdwn":
                IsWithin(thing["text"]!, 3000);
                IsHarmless((string)thing["text"]!);
                Assert.True((bool)thing["verbatim"]!);
                break;
            case "plain_text":
                IsWithin(thing["text"]!, 3000);
                break;
            case "header":
                IsWithin(thing["text"]!["text"]!, 150);
                break;
            case "section" when thing["fields"] is JsonArray fields:
                Assert.InRange(fields.Count, 1, 10);
                Assert.All(fields, field => IsWithin(field!["text"]!, 2000));
                break;
            case "actions":
                Assert.InRange(thing["elements"]!.AsArray().Count, 1, 5);
                break;
            case "button":
                IsWithin(thing["text"]!["text"]!, 75);
                IsWithin(thing["value"]!, 2000);
                IsWithin(thing["confirm"]!["title"]!["text"]!, 100);
                IsWithin(thing["confirm"]!["text"]!["text"]!, 300);
                IsWithin(thing["confirm"]!["confirm"]!["text"]!, 30);
                break;
            case "input":
                IsWithin(thing["label"]!["text"]!, 2000);
                break;
            case "plain_text_input":
                var most = (int)thing["max_length"]!;
                Assert.InRange(most, 1, 3000);
                if (thing["initial_value"] is { } initial)
                {
                    IsWithin(initial, most);
                }

                break;
            case "static_select":
                Assert.All(thing["options"]!.AsArray(), option =>
                {
                    IsWithin(option!["text"]!["text"]!, 75);
                    IsWithin(option["value"]!, 150);
                });
                break;
            default:
                break;
        }
    }

    private static void IsHarmless(string mrkdwn)
    {
        var foreign = OurTokens().Replace(mrkdwn, "");
        Assert.DoesNotMatch("[<>]", foreign);

        // Formatting of our own stands around whole runs; what opens a format elsewhere has a gap behind it.
        Assert.DoesNotMatch(@"(^|[\s\p{P}])[_~][^\s\u200B_~*`…]", WithoutCode().Replace(foreign, ""));
    }

    private static void IsWithin(JsonNode text, int most) => Assert.InRange(((string)text!).EnumerateRunes().Count(), 1, most);

    [GeneratedRegex(@"<@U7>|<#C7>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|[\d-]+ [\d:]+ UTC>")]
    private static partial Regex OurTokens();

    [GeneratedRegex("`[^`\u200B]+`")]
    private static partial Regex WithoutCode();
}
