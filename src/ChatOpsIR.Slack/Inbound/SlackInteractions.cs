using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Buttons, shortcuts and forms. Only a form's answer travels in the response; the others are shown where they were given.</summary>
internal sealed class SlackInteractions(IDesk desk, ISlackTalk talk, IKeyedHash hash, TimeProvider time, ILogger log)
{
    // What is left of Slack's three seconds when the work has used up its own two.
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(0.7);

    private readonly SlackViews views = new(desk, talk, time, log);
    private readonly SlackSuggestions suggestions = new(desk, talk, log);
    private readonly SlackHome home = new(desk, talk, time, log);

    /// <param name="cancellationToken">The work's deadline.</param>
    /// <param name="caller">Ends only when Slack hangs up: an answer about a missed deadline comes after it.</param>
    public async Task<SlackReply> HandleAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken, CancellationToken caller)
    {
        using var document = SlackJson.Parse(SlackForm.Read(body)?["payload"]);
        if (document is null)
        {
            return SlackReply.Unreadable;
        }

        var payload = document.RootElement;
        switch (payload.Text("type"))
        {
            case "view_submission":
                return await views.SubmitAsync(payload, cancellationToken);
            case "block_suggestion":
                return await suggestions.OfferAsync(payload, cancellationToken);
            case "block_actions" when SlackAction.FromButton(payload) is { } press:
                return await CarryOutAsync(payload, press, cancellationToken, caller);
            case "shortcut" or "message_action" when SlackAction.FromShortcut(payload, hash) is { } order:
                return await CarryOutAsync(payload, order, cancellationToken, caller);
            default:
                return SlackReply.Fine;
        }
    }

    // What was not done and cannot be said must not look done: Slack marks a failed press for whoever pressed.
    private async Task<SlackReply> CarryOutAsync(JsonElement payload, SlackAction action, CancellationToken cancellationToken, CancellationToken caller)
    {
        PersonId? person = null;
        try
        {
            var us = await talk.WhoAmIAsync(cancellationToken);
            var said = action.ToSaid(us, time.GetUtcNow());
            person = said.Who;
            var answer = await desk.SayAsync(said, cancellationToken).WaitAsync(cancellationToken);
            var card = answer switch
            {
                Answer.Show show => show.Card,
                Answer.Mend mend => SlackCards.Mend(mend),
                Answer.Ask ask => await OpenAsync(ask.Form, payload.Id("trigger_id"), action, cancellationToken),
                _ => null,
            };
            var isSeen = card is null || await ShowAsync(payload, action.Room, person, card, caller);
            if (action.Home is { } shown && answer is Answer.Show { Done: true })
            {
                await home.PaintAsync(us, action.User, action.Team, shown, cancellationToken);
            }

            return isSeen || answer is Answer.Show { Done: true } ? SlackReply.Fine : SlackReply.SendAgain;
        }
        catch (Exception exception) when (SlackFailure.IsNoAnswer(exception))
        {
            log.LogWarning(exception, "A button or shortcut could not be confirmed.");
            return await ShowAsync(payload, action.Room, person, SlackFailure.NotConfirmed(exception), caller) ? SlackReply.Fine : SlackReply.SendAgain;
        }
    }

    // Null when the form is open; else what to say instead.
    private async Task<Card?> OpenAsync(Form form, string? trigger, SlackAction action, CancellationToken cancellationToken)
    {
        if (trigger is null)
        {
            return SlackCards.FormIsWaiting(form, "That takes a form.");
        }

        try
        {
            using var budget = new Budget(SlackCommands.FormPatience, time, cancellationToken);
            await talk.OpenFormAsync(trigger, form, action.Room, action.Home, budget.Token);
            return null;
        }
        catch (Exception exception) when (SlackFailure.IsChatOnly(exception))
        {
            log.LogWarning(exception, "The form for {Verb} did not open.", form.Verb);
            return SlackCards.FormIsWaiting(form, "The form did not open in time.");
        }
    }

    // False when nobody saw it.
    private async Task<bool> ShowAsync(JsonElement payload, RoomId? room, PersonId? person, Card card, CancellationToken caller)
    {
        using var budget = new Budget(LastWord, time, caller);
        try
        {
            if (Uri.TryCreate(payload.Id("response_url"), UriKind.Absolute, out var address) && talk.MayCall(address))
            {
                await talk.AnswerAtAsync(address, card, budget.Token);
                return true;
            }

            if (room is { } place && person is { } reader)
            {
                await talk.WhisperAsync(place, reader, card, budget.Token);
                return true;
            }

            // A page of one's own and a shortcut without a message are in no room: the answer gets a window.
            if (payload.Id("trigger_id") is { } trigger)
            {
                await talk.OpenCardAsync(trigger, card, budget.Token);
                return true;
            }

            log.LogWarning("An answer could not be shown: the request names no place for it.");
        }
        catch (Exception exception) when (SlackFailure.IsChatOnly(exception))
        {
            log.LogWarning(exception, "An answer could not be shown.");
        }

        return false;
    }
}
