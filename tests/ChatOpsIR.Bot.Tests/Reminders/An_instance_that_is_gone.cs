using ChatOpsIR.Bot.Reminders;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Reminders;

/// <summary>The others notice within seconds and once, so that they take up what it was at.</summary>
public sealed class An_instance_that_is_gone
{
    private const string Here = "here";
    private const string There = "there";

    private readonly FakeTimeProvider clock = new();
    private readonly Dictionary<string, DateTime?> beats = new() { [Here] = null, [There] = null };
    private readonly Heartbeats heartbeats;

    public An_instance_that_is_gone()
    {
        heartbeats = new Heartbeats(clock);
        Assert.False(OneIsGone());
    }

    [Fact]
    public void is_missed_at_once_when_it_has_taken_its_leave()
    {
        beats.Remove(There);
        Assert.True(OneIsGone());
        Assert.False(OneIsGone());
    }

    [Fact]
    public void is_missed_once_when_its_heart_has_stood_still_for_long_enough()
    {
        Assert.False(After(Heartbeats.Silence - TimeSpan.FromSeconds(1), Here));
        Assert.True(After(TimeSpan.FromSeconds(1), Here));
        Assert.False(After(Heartbeats.Silence, Here));

        beats.Remove(There);
        Assert.False(OneIsGone());
    }

    [Fact]
    public void is_missed_again_when_it_was_back_meanwhile()
    {
        Assert.True(After(Heartbeats.Silence, Here));
        Assert.False(After(TimeSpan.FromSeconds(1), Here, There));
        Assert.True(After(Heartbeats.Silence, Here));
    }

    [Fact]
    public void is_not_one_whose_heart_beats()
    {
        for (var beat = 0; beat < 10; beat++)
        {
            Assert.False(After(Heartbeats.Every, Here, There));
        }
    }

    private bool After(TimeSpan pause, params string[] alive)
    {
        clock.Advance(pause);
        foreach (var name in alive)
        {
            beats[name] = clock.GetUtcNow().UtcDateTime;
        }

        return OneIsGone();
    }

    private bool OneIsGone() => heartbeats.OneIsGone([.. beats.Select(beat => (beat.Key, beat.Value))]);
}
