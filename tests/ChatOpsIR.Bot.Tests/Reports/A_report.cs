using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ChatOpsIR.Bot.Tests.Stories;

namespace ChatOpsIR.Bot.Tests.Reports;

public class A_report
{
    private const string Room = "inc-1-checkout-returns-500s";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task as_html_shows_what_was_said_and_runs_none_of_it()
    {
        await using var bot = await TalkativeBotAsync();

        using var answer = await AskAsync(bot, "html");
        var html = await answer.Content.ReadAsStringAsync(Ct);

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("see &lt;script&gt;alert(1)&lt;/script&gt; &amp; [a](http://b)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("<strong>Priya Raman</strong>", html, StringComparison.Ordinal);
        Assert.Contains("From here on, the war room is recorded as it happens.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task as_markdown_lets_no_message_pose_as_markup()
    {
        await using var bot = await TalkativeBotAsync();

        using var answer = await AskAsync(bot, "markdown");
        var markdown = await answer.Content.ReadAsStringAsync(Ct);

        Assert.StartsWith("# INC-1: Checkout returns 500s\n", markdown, StringComparison.Ordinal);
        Assert.Contains(@"see \<script\>alert\(1\)\</script\> \& \[a\]\(http\://b\)", markdown, StringComparison.Ordinal);
        Assert.Contains("**Priya Raman**", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task names_a_hash_that_its_json_twin_holds()
    {
        await using var bot = await TalkativeBotAsync();

        using var answer = await AskAsync(bot, "markdown");
        var hash = Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "entries, head `([0-9a-f]{64})`").Groups[1].Value;
        Assert.Contains($"\"hash\": \"{hash}\"", Encoding.UTF8.GetString(await bot.ExportAsync("INC-1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task in_an_unknown_format_is_refused_with_the_known_ones()
    {
        await using var bot = await RunningBot.StartAsync();

        using var answer = await AskAsync(bot, "pdf");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("json, markdown and html", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static async Task<RunningBot> TalkativeBotAsync()
    {
        var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await RunningBot.EventuallyAsync("the war room is open and its card posted", async () =>
            string.Join('\n', await bot.TimelineAsync("INC-1")) is var told && told.Contains("SEV1, open.", StringComparison.Ordinal) && told.Contains("set the channel topic", StringComparison.Ordinal));
        await bot.ActAsync("mara", "message", Room, "see <script>alert(1)</script> & [a](http://b)");
        await bot.TypesAsync("mara", Room, "/incident role communications @priya");
        await RunningBot.EventuallyAsync("the message is recorded", async () =>
            (await bot.TimelineAsync("INC-1")).Any(text => text.StartsWith("see <script>", StringComparison.Ordinal)));
        return bot;
    }

    private static Task<HttpResponseMessage> AskAsync(RunningBot bot, string format) =>
        bot.Http.GetAsync(new Uri($"/api/v1/incidents/INC-1/export?format={format}", UriKind.Relative), Ct);
}
