using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>A pressed button or a shortcut, as the words it stands for.</summary>
/// <param name="Say">Plain words of our own.</param>
/// <param name="Quoted">The message that the words are about, for a message shortcut.</param>
/// <param name="Starts">The message is where a form starts from, rather than part of the words.</param>
/// <param name="Home">What the person's own page shows, when it was pressed there; null elsewhere.</param>
internal sealed record SlackAction(string User, string? Team, RoomId? Room, IncidentId? Incident, string Say, JsonElement? Quoted, string CauseKey, bool Starts = false, string? Home = null)
{
    private const string DeclareFrom = "declare_from_message";
    private const int LongestQuote = 2500;
    private const int LongestName = 80;

    /// <summary>Null when none of the pressed things is a button of ours: a link, say, which has done its work already.</summary>
    public static SlackAction? FromButton(JsonElement payload)
    {
        var container = payload.Child("container");
        var place = container?.Id("message_ts") ?? payload.Child("message")?.Id("ts") ?? container?.Id("view_id") ?? payload.Child("view")?.Id("id") ?? "";
        var channel = payload.Child("channel")?.Id("id") ?? container?.Id("channel_id");
        foreach (var action in payload.Items("actions"))
        {
            if (action.Text("type") is not "button" || action.Id("action_ts") is not { } at || payload.Child("user")?.Id("id") is not { } user)
            {
                continue;
            }

            using var value = SlackJson.Parse(action.Id("value"));
            if (value?.RootElement.Id("say") is { } say)
            {
                return new SlackAction(
                    user,
                    payload.Child("user")?.Id("team_id"),
                    channel is null ? null : SlackPeople.Room(channel),
                    IncidentId.TryParse(value.RootElement.Text("incident"), out var incident) ? incident : null,
                    say,
                    Quoted: null,
                    SlackCauseKeys.Button(place, at, user),
                    Home: SlackHome.Shown(payload.Child("view")));
            }
        }

        return null;
    }

    /// <summary>Null when it is no shortcut of ours.</summary>
    public static SlackAction? FromShortcut(JsonElement payload, IKeyedHash hash)
    {
        if (payload.Child("user")?.Id("id") is not { } user || payload.Id("trigger_id") is not { } trigger)
        {
            return null;
        }

        var say = (payload.Text("type"), payload.Text("callback_id")) switch
        {
            ("shortcut", "declare_incident") or ("message_action", DeclareFrom) => "declare",
            ("message_action", "add_to_timeline") => "note ",
            ("message_action", "note_task") => "note Task: ",
            _ => null,
        };
        var channel = payload.Child("channel")?.Id("id");
        return say is null
            ? null
            : new SlackAction(
                user,
                payload.Child("user")?.Id("team_id"),
                channel is null ? null : SlackPeople.Room(channel),
                Incident: null,
                say,
                payload.Text("type") is "message_action" ? payload.Child("message") : null,
                SlackCauseKeys.Command(trigger, hash),
                Starts: payload.Text("callback_id") is DeclareFrom);
    }

    public Said ToSaid(BotIdentity us, DateTimeOffset now)
    {
        var quote = Quoted is { } message ? QuoteOf(message, us) : null;
        return new Said(SlackPeople.Person(us, User, Team), Room, [new TextPiece(Say), .. quote is null || Starts ? [] : Spoken(quote)], CauseKey, now)
        {
            Incident = Incident,
            Quote = Starts ? quote : null,
            MadeFrom = quote?.Room is { } place && Quoted?.Id("ts") is { } ts ? new MessageId(place, ts) : null,
            Kind = SlackPeople.Kind(us, Team),
        };
    }

    private Quote QuoteOf(JsonElement message, BotIdentity us) => new(
        message.Id("user") is { } user ? SlackPeople.Person(us, user, SlackMessages.TeamOf(message)) : null,
        message.Text("username") ?? "a bot",
        Cut(SlackWords.Pieces(message.Text("text"), us)),
        Room is { } room && room.Id.StartsWith('D') ? null : Room);

    private static ImmutableArray<Piece> Spoken(Quote quote) => quote.Author is { } who
        ? [new PersonPiece(who, Label: null), new TextPiece(": "), .. quote.Pieces]
        : [new TextPiece($"{quote.Name}: "), .. quote.Pieces];

    // A quotation may be shorter than what it quotes: the message itself stands where it was said.
    private static ImmutableArray<Piece> Cut(ImmutableArray<Piece> pieces)
    {
        var left = LongestQuote;
        var kept = ImmutableArray.CreateBuilder<Piece>();
        foreach (var piece in pieces)
        {
            var length = piece is TextPiece words ? words.Text.Length : LongestName;
            if (length > left)
            {
                kept.Add(new TextPiece(piece is TextPiece { Text: var text } ? $"{text[..Before(text, left)]}…" : "…"));
                break;
            }

            kept.Add(piece);
            left -= length;
        }

        return kept.ToImmutable();
    }

    private static int Before(string text, int end) => end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
}
