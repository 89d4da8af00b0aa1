using System.Net;
using System.Text.RegularExpressions;
using ChatOpsIR.Bot.Tests.Stories;

namespace ChatOpsIR.Bot.Tests.Timeline;

/// <summary>Somebody's browser without a script: keeps cookies, follows nothing by itself.</summary>
internal sealed partial class PageReader : IDisposable
{
    private readonly HttpClient http;

    public PageReader(Uri bot, string? zone = null)
    {
        Cookies = new CookieContainer();
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = bot };
        if (zone is not null)
        {
            Cookies.Add(new Cookie("chatopsir-zone", Uri.EscapeDataString(zone), "/", bot.Host));
        }
    }

    public CookieContainer Cookies { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Asks for the timeline in chat; gives the address behind the button.</summary>
    public static async Task<string> LinkAsync(RunningBot bot, string who, string incident = "INC-1", string channel = "incidents")
    {
        var answer = await bot.ActAsync(who, "command", channel, $"/incident timeline {incident}");
        var link = Url().Match(answer.ToJsonString());
        Assert.True(link.Success, answer.ToJsonString());
        return link.Groups[1].Value;
    }

    public static async Task<PageReader> OpenAsync(RunningBot bot, string who, string incident = "INC-1", string? zone = null, string channel = "incidents")
    {
        var reader = new PageReader(bot.Http.BaseAddress!, zone);
        using var followed = await reader.GetAsync(await LinkAsync(bot, who, incident, channel));
        Assert.Equal(HttpStatusCode.SeeOther, followed.StatusCode);
        return reader;
    }

    public Task<HttpResponseMessage> GetAsync(string address) => http.GetAsync(address, Ct);

    public Task<HttpResponseMessage> StreamAsync(string address) => http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Ct);

    public Task<HttpResponseMessage> PostAsync(string address) => http.PostAsync(address, content: null, Ct);

    /// <summary>The page's HTML, with everything that is encoded in it decoded.</summary>
    public async Task<string> ReadAsync(string query = "", string incident = "INC-1")
    {
        using var answer = await GetAsync($"/incidents/{incident}{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    /// <summary>What stands on the rail, one string per entry, tags taken away.</summary>
    public async Task<string[]> EntriesAsync(string query = "")
    {
        var html = await ReadAsync(query);
        var list = html[html.IndexOf("<ol class=\"entries\">", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
        return [.. list.Split("<li class=\"entry").Skip(1).Select(part => WebUtility.HtmlDecode(Space().Replace(Tag().Replace(part[part.IndexOf('>', StringComparison.Ordinal)..], " "), " ")))];
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("\"url\":\"(http[^\"]+/incidents/[^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
