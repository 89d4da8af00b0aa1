using ChatOpsIR.Slack.Outbound;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public sealed class TakingTurns
{
    private const string Post = "chat.postMessage";
    private readonly FakeTimeProvider clock = new(SlackBench.Noon);
    private readonly SlackPacing pacing;

    public TakingTurns() => pacing = new SlackPacing(clock);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task lets_four_posts_through_at_once_and_then_one_a_second()
    {
        var posts = Enumerable.Range(0, 6).Select(_ => pacing.WaitAsync(Post, "C1", Now)).ToArray();
        Assert.Equal([true, true, true, true, false, false], posts.Select(post => post.IsCompleted));

        clock.Advance(TimeSpan.FromSeconds(1));
        await posts[4];
        Assert.False(posts[5].IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        await posts[5];
    }

    [Fact]
    public void holds_up_no_other_channel_and_no_other_method()
    {
        pacing.Hold(Post, "C1", TimeSpan.FromMinutes(1));

        Assert.False(pacing.WaitAsync(Post, "C1", Now).IsCompleted);
        Assert.True(pacing.WaitAsync(Post, "C2", Now).IsCompleted);
        Assert.True(pacing.WaitAsync("chat.update", null, Now).IsCompleted);
    }

    [Fact]
    public async Task obeys_a_wait_that_was_learnt_while_waiting()
    {
        pacing.Hold("users.info", null, TimeSpan.FromSeconds(5));
        var call = pacing.WaitAsync("users.info", null, Now);
        pacing.Hold("users.info", null, TimeSpan.FromSeconds(20));

        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(call.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(15));
        await call;
    }

    [Fact]
    public async Task can_be_given_up()
    {
        pacing.Hold("users.info", null, TimeSpan.FromSeconds(5));
        using var source = new CancellationTokenSource();
        var call = pacing.WaitAsync("users.info", null, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
