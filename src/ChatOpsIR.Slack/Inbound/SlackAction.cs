using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>A pressed button or a shortcut, as the words it stands for.</summary>
/// <param name="Say">Plain words of our own.</param>
/// <param name="Quoted">The message that the words are about, for a message shortcut.</param>
internal sealed record SlackAction(string User, string? Team, RoomId? Room, IncidentId? Incident, string Say, JsonElement? Quoted, string CauseKey)
{
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
                    SlackCauseKeys.Button(place, at, user));
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

        var (say, quoted) = (payload.Text("type"), payload.Text("callback_id")) switch
        {
            ("shortcut", "declare_incident") => ("declare", (JsonElement?)null),
            ("message_action", "add_to_timeline") => ("note ", payload.Child("message")),
            _ => (null, null),
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
                quoted,
                SlackCauseKeys.Command(trigger, hash));
    }

    public Said ToSaid(BotIdentity us, DateTimeOffset now) => new(SlackPeople.Person(us, User, Team), Room, [new TextPiece(Say), .. Quote(us)], CauseKey, now)
    {
        Incident = Incident,
        Kind = SlackPeople.Kind(us, Team),
    };

    private ImmutableArray<Piece> Quote(BotIdentity us)
    {
        if (Quoted is not { } message)
        {
            return [];
        }

        var author = message.Id("user") is { } user ? SlackPeople.Person(us, user, SlackMessages.TeamOf(message)) : (PersonId?)null;
        var words = SlackWords.Pieces(message.Text("text"), us);
        return author is { } who
            ? [new PersonPiece(who, Label: null), new TextPiece(": "), .. words]
            : [new TextPiece($"{message.Text("username") ?? "a bot"}: "), .. words];
    }
}
