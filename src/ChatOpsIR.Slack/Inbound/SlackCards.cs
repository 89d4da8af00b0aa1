using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>What the door itself has to say.</summary>
internal static class SlackCards
{
    /// <summary>Offers a form where Slack gave us nothing to open it with, or too little time.</summary>
    public static Card FormIsWaiting(Form form, string why) => Card.Of(
        $"{why} Press the button to open it.",
        new Paragraph(Words.Of($"{why} Press the button to open it.")),
        new Buttons([new Button(form.Title, form.Incident, form.Verb, ButtonStyle.Primary)]));

    public static Card Mend(Answer.Mend mend) =>
        Card.Say(string.Join(' ', mend.Sentences.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)));
}
