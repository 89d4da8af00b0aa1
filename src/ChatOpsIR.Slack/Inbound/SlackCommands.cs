using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Slash commands. The answer travels in the response itself, to the speaker alone.</summary>
internal sealed class SlackCommands(IDesk desk, ISlackTalk talk, IKeyedHash hash, TimeProvider time, ILogger log)
{
    /// <summary>A trigger lives for three seconds; whoever has waited this long gets a button with a fresh one.</summary>
    public static readonly TimeSpan FormPatience = TimeSpan.FromSeconds(1.2);

    public async Task<SlackReply> HandleAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (SlackForm.Read(body) is not { } form || form["user_id"] is not { } user || form["trigger_id"] is not { } trigger)
        {
            return SlackReply.Unreadable;
        }

        var room = form["channel_id"] is { } channel ? SlackPeople.Room(channel) : (RoomId?)null;
        Answer answer;
        try
        {
            var us = await talk.WhoAmIAsync(cancellationToken);
            var said = new Said(
                SlackPeople.Person(us, user, form["team_id"]),
                room,
                SlackWords.Pieces(form["text"], us),
                SlackCauseKeys.Command(trigger, hash),
                time.GetUtcNow())
            {
                Kind = SlackPeople.Kind(us, form["team_id"]),
            };
            answer = await desk.SayAsync(said, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (SlackFailure.IsNoAnswer(exception))
        {
            log.LogWarning(exception, "A slash command could not be confirmed.");
            return SlackReply.Json(talk.DrawAnswer(SlackFailure.NotConfirmed(exception)));
        }

        return answer switch
        {
            Answer.Show show => SlackReply.Json(talk.DrawAnswer(show.Card)),
            Answer.Ask ask => await OpenAsync(ask.Form, trigger, room, cancellationToken),
            Answer.Mend mend => SlackReply.Json(talk.DrawAnswer(SlackCards.Mend(mend))),
            _ => SlackReply.Fine,
        };
    }

    private async Task<SlackReply> OpenAsync(Form form, string trigger, RoomId? room, CancellationToken cancellationToken)
    {
        try
        {
            using var budget = new Budget(FormPatience, time, cancellationToken);
            await talk.OpenFormAsync(trigger, form, room, home: null, budget.Token);
            return SlackReply.Fine;
        }
        catch (Exception exception) when (SlackFailure.IsChatOnly(exception))
        {
            log.LogWarning(exception, "The form for {Verb} did not open.", form.Verb);
            return SlackReply.Json(talk.DrawAnswer(SlackCards.FormIsWaiting(form, "The form did not open in time.")));
        }
    }
}
