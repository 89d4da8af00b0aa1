namespace ChatOpsIR.Core.Chat;

/// <summary>Help, drawn from the verbs themselves.</summary>
public static class HelpCards
{
    public static Card Of(string? about)
    {
        if (about is null)
        {
            return Card.Of(
                "What you can type after /incident",
                [
                    new Heading("What you can type after /incident"),
                    .. VerbList.All.Where(verb => verb.Listed).Select(verb => new Paragraph(Words.Of(new Code($"/incident {verb.Usage}"), "\n", verb.Help))),
                ]);
        }

        return VerbList.Find(about) is { } one
            ? Card.Of(
                one.Help,
                new Heading($"/incident {one.Name}"),
                new Paragraph(Words.Of(one.Help)),
                new Paragraph(Words.Of("Example: ", new Code($"/incident {one.Usage}"))),
                new Aside(Words.Of("You can also type ", new Code($"/incident {one.Alias}"), ".")))
            : Unknown(about);
    }

    /// <summary>There is no such word: the nearest one, as it would be typed.</summary>
    public static Card Unknown(string word)
    {
        var shown = word.Length > 40 ? $"{string.Concat(word.EnumerateRunes().Take(40))}…" : word;
        return VerbList.Nearest(word) is { } verb
            ? Card.Of(
                $"There is no “{shown}”. Did you mean /incident {verb.Usage}?",
                new Paragraph(Words.Of("There is no “", shown, "”. Did you mean ", new Code($"/incident {verb.Usage}"), "?")))
            : Card.Of(
                $"There is no “{shown}”. Type /incident help to see what there is.",
                new Paragraph(Words.Of("There is no “", shown, "”. Type ", new Code("/incident help"), " to see what there is.")));
    }
}
