using System.Net;
using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Timeline;

public sealed class Many_windows_of_one_reader
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task are_told_when_to_ask_again_once_there_are_too_many()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        using var mara = await PageReader.OpenAsync(bot, "mara");
        using var idris = await PageReader.OpenAsync(bot, "idris");
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < LiveTimeline.MostOfOne; i++)
        {
            open.Add(await mara.StreamAsync("/incidents/INC-1/live"));
            Assert.Equal(HttpStatusCode.OK, open[^1].StatusCode);
        }

        using var refused = await mara.StreamAsync("/incidents/INC-1/live");
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(30)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta));
        using var other = await idris.StreamAsync("/incidents/INC-1/live");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);

        open[0].Dispose();
        await RunningBot.EventuallyAsync("a closed window makes room for another", async () =>
        {
            using var again = await mara.StreamAsync("/incidents/INC-1/live");
            return again.StatusCode == HttpStatusCode.OK;
        });
        open.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task have_their_record_checked_now_and_then_and_not_again_and_again()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        using var mara = await PageReader.OpenAsync(bot, "mara");
        using var checkedOnce = await mara.PostAsync("/incidents/INC-1/check");
        Assert.Equal(HttpStatusCode.SeeOther, checkedOnce.StatusCode);

        using var refused = await mara.PostAsync("/incidents/INC-1/check");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Wait a moment", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/incidents/INC-1#record\"", page, StringComparison.Ordinal);

        await bot.AdvanceAsync(AskedChecks.Pause);
        using var later = await mara.PostAsync("/incidents/INC-1/check");
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }
}

public class A_turnstile
{
    private static readonly PersonId Ada = new("slack", "T1", "U1");
    private static readonly PersonId Grace = new("slack", "T1", "U2");

    [Fact]
    public void stops_one_person_at_their_limit_and_lets_others_in()
    {
        var turnstile = new Turnstile(mostOfOne: 2, most: 9);
        using var first = turnstile.Enter(Ada);
        using var second = turnstile.Enter(Ada);
        Assert.Equal((null, null, 429, null), (first.Refused, second.Refused, turnstile.Enter(Ada).Refused, turnstile.Enter(Grace).Refused));
    }

    [Fact]
    public void stops_everybody_at_the_limit_of_all()
    {
        var turnstile = new Turnstile(mostOfOne: 2, most: 1);
        var first = turnstile.Enter(Ada);
        Assert.Equal(503, turnstile.Enter(Grace).Refused);
        first.Dispose();
        Assert.Null(turnstile.Enter(Grace).Refused);
    }

    [Fact]
    public void counts_whoever_leaves_once()
    {
        var turnstile = new Turnstile(mostOfOne: 1, most: 9);
        var turn = turnstile.Enter(Ada);
        turn.Dispose();
        using var next = turnstile.Enter(Ada);
        turn.Dispose();
        Assert.Equal(429, turnstile.Enter(Ada).Refused);
    }
}
