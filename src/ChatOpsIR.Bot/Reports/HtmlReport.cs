using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Bot.Reports;

/// <summary>The report as one page of HTML that needs nothing else: to read, to print, to keep.</summary>
internal static class HtmlReport
{
    private static readonly string Style = ReadStyle();

    /// <summary>Nothing may be loaded or run; only the page's own style counts.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    public static async Task WriteAsync(Report report, Stream to, CancellationToken cancellationToken)
    {
        await using var html = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        await html.WriteLineAsync(await HeadAsync(report, cancellationToken));
        var day = "";
        await foreach (var line in report.LinesAsync(cancellationToken))
        {
            var today = line.At.UtcDateTime.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
            if (today != day)
            {
                await html.WriteLineAsync($"{(day.Length > 0 ? "</ol>" : "")}<h2>{today} <small>UTC</small></h2><ol>");
                day = today;
            }

            await html.WriteLineAsync(Line(line));
            await html.FlushAsync(cancellationToken);
        }

        var shortcoming = report.Shortcoming is { } sentence ? $"<p>{Escape(sentence)}</p>" : "";
        await html.WriteLineAsync($"{(day.Length > 0 ? "</ol>" : "")}{shortcoming}</main></body></html>");
    }

    private static async Task<string> HeadAsync(Report report, CancellationToken cancellationToken)
    {
        var incident = report.Incident;
        var roles = new StringBuilder();
        await foreach (var (role, holders) in report.RolesAsync(cancellationToken))
        {
            roles.Append(CultureInfo.InvariantCulture, $"<div><dt>{Escape(role)}</dt><dd>{Escape(holders)}</dd></div>");
        }

        var declared = incident.DeclaredAt.UtcDateTime.ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{incident.Id}: {Escape(incident.Title)}</title><style>{Style}</style></head>
            <body><main><header><p>{incident.Id} <b class="{report.Severity.ToLowerInvariant()}">{report.Severity}</b> <b>{report.Status}</b></p>
            <h1>{Escape(incident.Title)}</h1>
            <section><p>Declared {declared} UTC by {Escape(await report.DeclaredByAsync(cancellationToken))}.</p>
            <dl>{roles}</dl>
            <h3>Head of the chain</h3><p><code>{report.HeadHash}</code></p>
            <p>{incident.Version} entries. This page is for reading; the JSON export of the same incident can be verified.</p></section></header>
            """;
    }

    private static string Line(ReportLine line)
    {
        var time = line.At.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var said = line.Redacted ? "<em>Removed from the record.</em>" : string.Concat(line.Said.Spans.Select(Draw));
        var what = line.Who is { } who ? $"""<div class="said"><b>{Escape(who)}</b><p>{said}</p></div>""" : $"<p>{said}</p>";
        return string.Create(CultureInfo.InvariantCulture, $"<li><time datetime=\"{line.At.UtcDateTime:O}\">{time}</time>{what}<span>{line.Version}</span></li>");
    }

    private static string Draw(Span span) => span switch
    {
        Strong strong => $"<strong>{Escape(strong.Text)}</strong>",
        Code code => $"<code>{Escape(code.Text)}</code>",
        _ => Escape(PlainText.Of(Words.Of(span))),
    };

    private static string Escape(string foreign) => HtmlEncoder.Default.Encode(PlainText.Lines(foreign)).Replace("&#xA;", "\n", StringComparison.Ordinal);

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("ChatOpsIR.Bot.Reports.report.css")!);
        return reader.ReadToEnd();
    }
}
