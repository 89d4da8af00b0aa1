using System.Net;
using ChatOpsIR.Bot.Start;

namespace ChatOpsIR.Bot.Tests.Stories;

public class A_bot
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_ready_once_it_has_gone_through_what_is_open()
    {
        await using var bot = await RunningBot.StartAsync();
        await RunningBot.EventuallyAsync("the bot is ready", async () =>
        {
            using var answer = await bot.Http.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Ct);
            return answer.StatusCode is HttpStatusCode.OK && await answer.Content.ReadAsStringAsync(Ct) is "ready";
        });
    }

    [Theory]
    [InlineData("http://0.0.0.0:5098")]
    [InlineData("http://127.0.0.1:5098;http://+:5099")]
    public async Task that_others_could_reach_does_not_start_with_the_playground(string urls)
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() => RunningBot.StartAsync($"--urls={urls}"));
        Assert.Contains("for this machine only", refused.Message, StringComparison.Ordinal);
    }
}
