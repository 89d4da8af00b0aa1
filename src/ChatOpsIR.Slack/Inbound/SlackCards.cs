using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>What the door itself has to say.</summary>
internal static class SlackCards
{
    /// <summary>A button's value has at most 2000 characters, and one of these may take several.</summary>
    private const int LongestCommand = 300;

    /// <summary>Offers a form where Slack gave us nothing to open it with, or too little time.</summary>
    public static Card FormIsWaiting(Form form, string why) => Card.Of(
        $"{why} Press the button to open it.",
        new Paragraph(Words.Of($"{why} Press the button to open it.")),
        new Buttons([new Button(form.Title, form.Incident, Command(form), ButtonStyle.Primary)]));

    // A form that asks which incident is meant comes again however much is typed, so what was said can stand in the button. Any other line
    // with nothing missing would be carried out without the form.
    private static string Command(Form form)
    {
        if (form.Fields.All(field => field.Kind is not FieldKind.Incident))
        {
            return form.Verb;
        }

        var line = string.Join(' ', [form.Verb, .. form.Fields.Where(field => field is { Kind: FieldKind.Choice or FieldKind.Text, Value.Length: > 0 }).Select(field => field.Value!)]);
        return line.Length <= LongestCommand ? line : form.Verb;
    }

    public static Card Mend(Answer.Mend mend) =>
        Card.Say(string.Join(' ', mend.Sentences.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)));
}
