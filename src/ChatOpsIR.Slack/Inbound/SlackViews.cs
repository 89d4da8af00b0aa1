using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Forms that somebody sends. What cannot be done keeps the form open, with everything that was typed.</summary>
internal sealed partial class SlackViews(IDesk desk, ISlackTalk talk, TimeProvider time, ILogger log)
{
    public const string Callback = "incident_form";

    // The sentences go into a form of Slack, never into a page, so an apostrophe may stay one.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The answer travels in the response: a page that is slow to be drawn must not hold it up.
    private static readonly TimeSpan HomePatience = TimeSpan.FromSeconds(0.7);

    private readonly SlackHome home = new(desk, talk, time, log);

    public async Task<SlackReply> SubmitAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        if (payload.Child("view") is not { } view || view.Id("id") is not { } id || payload.Child("user")?.Id("id") is not { } user)
        {
            return SlackReply.Unreadable;
        }

        using var metadata = SlackJson.Parse(view.Id("private_metadata"));
        if (view.Text("callback_id") is not Callback || metadata?.RootElement.Id("verb") is not { } verb)
        {
            log.LogWarning("Somebody sent a form that is none of ours.");
            return SlackReply.Fine;
        }

        try
        {
            var us = await talk.WhoAmIAsync(cancellationToken);
            var team = payload.Child("user")?.Id("team_id");
            var form = new Submitted(
                SlackPeople.Person(us, user, team),
                metadata.RootElement.Id("room") is { } room ? SlackPeople.Room(room) : null,
                verb,
                IncidentId.TryParse(metadata.RootElement.Text("incident"), out var incident) ? incident : null,
                SlackFields.Values(view, us),
                SlackCauseKeys.View(id),
                time.GetUtcNow())
            {
                Kind = SlackPeople.Kind(us, team),
                MadeFrom = MessageId.TryParse(metadata.RootElement.Text("madeFrom"), out var message) ? message : null,
            };
            var answer = await desk.SubmitAsync(form, cancellationToken).WaitAsync(cancellationToken);
            if (answer is Answer.Show { Done: true } && metadata.RootElement.Text("home") is { } shown)
            {
                using var budget = new Budget(HomePatience, time, cancellationToken);
                await home.PaintAsync(us, user, team, shown, budget.Token);
            }

            return answer switch
            {
                Answer.Mend mend => Mend(view, mend.Sentences),
                Answer.Show { Done: false } refused => Mend(view, refused.Card.Summary),
                Answer.Show done => SlackReply.Json(talk.DrawResultView(done.Card)),
                Answer.Ask ask => SlackReply.Json(talk.DrawResultView(SlackCards.FormIsWaiting(ask.Form, "That takes another form."))),
                _ => SlackReply.Fine,
            };
        }
        catch (Exception exception) when (SlackFailure.IsNoAnswer(exception))
        {
            log.LogWarning(exception, "A form could not be saved.");
            return Mend(view, SlackFailure.NotSaved(exception));
        }
    }

    private SlackReply Mend(JsonElement view, string sentence) => Mend(view, ImmutableDictionary<string, string>.Empty.Add("", sentence));

    // Beside an input Slack shows plain text, in which the marks around a command would stand as they are.
    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Marked();

    // Slack shows a sentence only at an input; one that belongs nowhere goes to the first.
    private SlackReply Mend(JsonElement view, ImmutableDictionary<string, string> sentences)
    {
        var inputs = view.Items("blocks").Where(block => block.Text("type") is "input").Select(block => block.Id("block_id")).OfType<string>().ToList();
        if (inputs.Count == 0)
        {
            return SlackReply.Json(talk.DrawResultView(SlackCards.Mend(new Answer.Mend(sentences))));
        }

        var errors = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, sentence) in sentences.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var block = inputs.Contains(field) ? field : inputs[0];
            var plain = Marked().Replace(sentence, "“$1”");
            errors[block] = errors.TryGetValue(block, out var before) ? $"{before} {plain}" : plain;
        }

        return SlackReply.Json(JsonSerializer.SerializeToUtf8Bytes(new { response_action = "errors", errors }, Readable));
    }
}
