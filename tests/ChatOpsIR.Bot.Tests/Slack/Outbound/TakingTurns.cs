using ChatOpsIR.Core.Tests.Bench;
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
    public async Task takes_as_long_when_the_machine_s_clock_is_set_back()
    {
        var stepped = new SteppedTime(SlackBench.Noon);
        var turns = new SlackPacing(stepped);
        await turns.WaitAsync(Post, "C1", Now);
        turns.Hold("chat.update", "C1", TimeSpan.FromSeconds(1));
        stepped.SetClock(TimeSpan.FromHours(-1));

        stepped.Advance(TimeSpan.FromSeconds(1));
        await turns.WaitAsync(Post, "C2", Now).WaitAsync(TimeSpan.FromSeconds(5), Now);
        await turns.WaitAsync("chat.update", "C1", Now).WaitAsync(TimeSpan.FromSeconds(5), Now);
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
    public async Task lets_sixty_posts_through_the_workspace_at_once_and_then_four_a_second()
    {
        var posts = Enumerable.Range(0, 66).Select(i => pacing.WaitAsync(Post, $"C{i}", Now)).ToArray();
        Assert.Equal(60, posts.Count(post => post.IsCompleted));

        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(posts[60..64]);
        Assert.Equal(64, posts.Count(post => post.IsCompleted));

        clock.Advance(TimeSpan.FromSeconds(0.5));
        await Task.WhenAll(posts);
    }

    [Fact]
    public async Task spends_nothing_of_the_workspace_on_posts_that_wait_for_their_channel()
    {
        var crowd = Enumerable.Range(0, 100).Select(_ => pacing.WaitAsync(Post, "C1", Now)).ToArray();
        Assert.Equal(4, crowd.Count(post => post.IsCompleted));

        for (var i = 0; i < 50; i++)
        {
            var other = pacing.WaitAsync(Post, $"D{i}", Now);
            Assert.True(other.IsCompletedSuccessfully);
            await other;
        }
    }

    [Fact]
    public async Task holds_every_channel_once_two_of_them_are_told_to_wait()
    {
        pacing.Hold(Post, "C1", TimeSpan.FromSeconds(20));
        pacing.Hold(Post, "C2", TimeSpan.FromSeconds(30));

        var other = pacing.WaitAsync(Post, "C3", Now);
        Assert.False(other.IsCompleted);
        Assert.True(pacing.WaitAsync("chat.update", null, Now).IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(other.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        await other;
    }

    [Fact]
    public void holds_one_channel_that_is_told_to_wait_again_and_again()
    {
        pacing.Hold(Post, "C1", TimeSpan.FromSeconds(20));
        pacing.Hold(Post, "C1", TimeSpan.FromSeconds(30));
        Assert.True(pacing.WaitAsync(Post, "C2", Now).IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(30));
        pacing.Hold(Post, "C2", TimeSpan.FromSeconds(30));
        Assert.True(pacing.WaitAsync(Post, "C3", Now).IsCompleted);
    }

    [Fact]
    public async Task obeys_a_wait_of_the_workspace_that_was_learnt_while_waiting_for_the_channel()
    {
        var posts = Enumerable.Range(0, 5).Select(_ => pacing.WaitAsync(Post, "C1", Now)).ToArray();
        pacing.Hold(Post, "C2", TimeSpan.FromSeconds(10));
        pacing.Hold(Post, "C3", TimeSpan.FromSeconds(10));

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(posts[4].IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        await posts[4];
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
    public async Task gives_a_turn_that_is_not_used_to_the_next()
    {
        for (var i = 0; i < 500; i++)
        {
            using var source = new CancellationTokenSource();
            var call = pacing.WaitAsync(Post, $"D{i}", source.Token);
            await source.CancelAsync();
            await Xunit.Record.ExceptionAsync(() => call);
        }

        var other = pacing.WaitAsync(Post, "C1", Now);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(other.IsCompletedSuccessfully);
        await other;
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
