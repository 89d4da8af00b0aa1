using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>What nobody ever types is not simulated.</summary>
public class Typing_every_verb
{
    private const int EnoughSeeds = 200;

    [Fact]
    public void is_something_the_crowd_knows_words_for() =>
        Assert.Equal(VerbList.All.Select(verb => verb.Name).Order(StringComparer.Ordinal), Phrases.ByVerb.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void happens_within_the_seeds_that_every_run_has()
    {
        var missing = VerbList.All.Select(verb => verb.Name).ToHashSet();
        for (ulong seed = 1; seed <= EnoughSeeds && missing.Count > 0; seed++)
        {
            missing.ExceptWith(Simulation.Run(seed).Typed);
        }

        Assert.Empty(missing);
    }
}
