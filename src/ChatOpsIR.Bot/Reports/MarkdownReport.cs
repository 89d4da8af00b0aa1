using System.Globalization;
using System.Text;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Bot.Reports;

/// <summary>The report as CommonMark. Everything foreign is escaped, so that no message can pose as a heading, a link or markup.</summary>
internal static class MarkdownReport
{
    private const string Special = @"\`*_{}[]<>()#+-.!|~&:@=";

    public static async Task WriteAsync(Report report, Stream to, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        var incident = report.Incident;
        await text.WriteLineAsync($"# {incident.Id}: {Escape(incident.Title)}\n");
        await text.WriteLineAsync($"{report.Severity}, {report.Status}. Declared {Time(incident.DeclaredAt)} by {Escape(await report.DeclaredByAsync(cancellationToken))}.\n");
        await foreach (var (role, holders) in report.RolesAsync(cancellationToken))
        {
            await text.WriteLineAsync($"- {Escape(role)}: {Escape(holders)}");
        }

        await text.WriteLineAsync($"\nRecord: {incident.Version} entries, head `{report.HeadHash}`. This page is for reading; the JSON export can be verified.\n");
        var day = "";
        await foreach (var line in report.LinesAsync(cancellationToken))
        {
            var today = line.At.UtcDateTime.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
            if (today != day)
            {
                await text.WriteLineAsync($"## {today}\n");
                day = today;
            }

            await text.WriteLineAsync(Line(line));
            await text.FlushAsync(cancellationToken);
        }

        if (report.Shortcoming is { } sentence)
        {
            await text.WriteLineAsync($"\n{sentence}");
        }
    }

    private static string Line(ReportLine line)
    {
        var said = line.Redacted ? "*removed from the record*" : string.Concat(line.Said.Spans.Select(Draw));
        var who = line.Who is { } name ? $"**{Escape(name)}**: " : "";
        return string.Create(CultureInfo.InvariantCulture, $"- `{line.At.UtcDateTime:HH:mm:ss}` {who}{said} (entry {line.Version})");
    }

    private static string Draw(Span span) => span switch
    {
        Strong strong when string.IsNullOrWhiteSpace(strong.Text) => strong.Text,
        Strong strong => $"**{Escape(strong.Text)}**",
        _ => Escape(PlainText.Of(Words.Of(span))),
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    // A line of a list item goes on where the next line is indented.
    private static string Escape(string foreign)
    {
        var text = new StringBuilder(foreign.Length);
        foreach (var character in PlainText.Lines(foreign))
        {
            if (character == '\n')
            {
                text.Append("\\\n  ");
            }
            else if (Special.Contains(character, StringComparison.Ordinal))
            {
                text.Append('\\').Append(character);
            }
            else
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }
}
