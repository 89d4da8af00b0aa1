using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>
/// The Events API: what happens in war rooms is recorded, words addressed to us are carried out, everything else is left alone. Slack
/// sends only what is said in channels that the bot is in, so <c>!incident</c> is heard in those and nowhere else.
/// </summary>
internal sealed class SlackEvents(IDesk desk, ISlackTalk talk, IKeyedHash hash, TimeProvider time, ILogger log)
{
    private readonly RecentKeys answered = new();
    private readonly SlackHome home = new(desk, talk, time, log);

    public async Task<SlackReply> HandleAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var document = SlackJson.Parse(body);
        if (document is null)
        {
            return SlackReply.Unreadable;
        }

        var envelope = document.RootElement;
        switch (envelope.Text("type"))
        {
            case "url_verification":
                return SlackReply.Plain(envelope.Text("challenge") ?? "");
            case "app_rate_limited":
                SlackMetrics.RateLimited.Add(1);
                var minute = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(envelope.Number("minute_rate_limited") ?? 0, 0, time.GetUtcNow().ToUnixTimeSeconds()));
                log.LogWarning("Slack held events back in the minute that began at {Minute}; the rooms' histories are read instead.", minute);
                desk.CatchUpEverywhere(minute);
                return SlackReply.Fine;
            case "event_callback" when envelope.Child("event") is { } opened && opened.Text("type") is "app_home_opened":
                if (opened.Text("tab") is "home" && opened.Id("user") is { } user)
                {
                    await home.PaintAsync(BotIdentity.Of(envelope), user, team: null, SlackHome.Shown(opened.Child("view")), cancellationToken);
                }

                return SlackReply.Fine;
            case "event_callback" when envelope.Child("event") is { } happening:
                return await HearAsync(envelope, happening, body, cancellationToken);
            default:
                return SlackReply.Fine;
        }
    }

    private async Task<SlackReply> HearAsync(JsonElement envelope, JsonElement happening, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var reply = SlackReply.Fine;
        foreach (var room in SlackTranslator.RoomsOf(happening))
        {
            var heard = await HearAsync(envelope, happening, room, body, cancellationToken);
            reply = heard == SlackReply.Fine ? reply : heard;
        }

        return reply;
    }

    private async Task<SlackReply> HearAsync(
        JsonElement envelope, JsonElement happening, RoomId room, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            var isForUs = happening.Text("type") is "app_mention" || SlackWords.IsCommand(happening.Text("text"));
            var warRoom = await desk.FindRoomAsync(room, cancellationToken).WaitAsync(cancellationToken);
            var carriesMark = warRoom is null && SlackMessages.CarriesMark(happening);
            if (warRoom is null && !isForUs && !carriesMark)
            {
                SlackMetrics.UnknownRoom.Add(1);
                return SlackReply.Fine;
            }

            var us = BotIdentity.Of(envelope) ?? await talk.WhoAmIAsync(cancellationToken);
            if (carriesMark && SlackMessages.EffectOf(happening, us) is { } effect && happening.Id("ts") is { } ts)
            {
                await desk.HearEchoAsync(effect, new MessageId(room, ts), cancellationToken).WaitAsync(cancellationToken);
                return SlackReply.Fine;
            }

            room = warRoom ?? room;
            if (warRoom is not null && SlackTranslator.Translate(envelope, room, body, time.GetUtcNow(), us, hash) is { } message)
            {
                await desk.RecordAsync(message, cancellationToken).WaitAsync(cancellationToken);
                if (message.Record.Kind is ChatKind.Unreadable)
                {
                    SlackMetrics.Unreadable.Add(1);
                }
            }

            if (warRoom is not null && LeavesAHole(happening, us))
            {
                await desk.CatchUpAsync(room, cancellationToken).WaitAsync(cancellationToken);
            }

            if (WordsIn(happening, room, us) is { } said)
            {
                await AnswerAsync(said, room, cancellationToken);
            }

            return SlackReply.Fine;
        }
        catch (Exception exception) when (SlackFailure.IsNoAnswer(exception))
        {
            log.LogWarning(exception, "An event was not recorded; Slack is asked to send it again.");
            return SlackReply.SendAgain;
        }
    }

    private async Task AnswerAsync(Said said, RoomId room, CancellationToken cancellationToken)
    {
        var answer = await desk.SayAsync(said, cancellationToken).WaitAsync(cancellationToken);
        if (!answered.TryAdd(said.CauseKey))
        {
            return;
        }

        var card = answer switch
        {
            Answer.Show show => show.Card,
            Answer.Ask ask => SlackCards.FormIsWaiting(ask.Form, "That takes a form."),
            Answer.Mend mend => SlackCards.Mend(mend),
            _ => null,
        };
        try
        {
            if (card is not null)
            {
                await talk.WhisperAsync(room, said.Who, card, cancellationToken);
            }
        }
        catch (Exception exception) when (SlackFailure.IsChatOnly(exception))
        {
            log.LogWarning(exception, "An answer could not be shown.");
        }
    }

    // We were out of the room, or its past was changed, or it has said things under an id we did not know: its history has what we did not hear.
    private static bool LeavesAHole(JsonElement happening, BotIdentity us) => happening.Text("type") switch
    {
        "member_joined_channel" => happening.Id("user") == us.BotUser,
        "channel_history_changed" or "group_history_changed" or "channel_id_changed" => true,
        _ => false,
    };

    // A mention comes twice, as itself and as a message: both give the same key.
    private static Said? WordsIn(JsonElement happening, RoomId room, BotIdentity us)
    {
        if (happening.Text("type") is not ("message" or "app_mention") ||
            happening.Text("subtype") is not (null or "thread_broadcast" or "file_share" or "me_message") ||
            SlackMessages.IsFromBot(happening, us) ||
            SlackWords.AddressedToUs(happening.Text("text"), us) is not { } words ||
            happening.Id("ts") is not { } ts || !SlackTime.TryRead(ts, out var at))
        {
            return null;
        }

        var team = SlackMessages.TeamOf(happening);
        var user = happening.Id("user")!;
        if (!SlackIds.MayBe(user) || !SlackIds.MayBe(team) || !SlackIds.MayBe(ts))
        {
            return null;
        }

        return new Said(
            SlackPeople.Person(us, user, team),
            room,
            SlackWords.Pieces(words, us),
            SlackCauseKeys.Words(SlackCauseKeys.Message(room, ts)),
            at)
        {
            Kind = SlackPeople.Kind(us, team),
        };
    }
}
