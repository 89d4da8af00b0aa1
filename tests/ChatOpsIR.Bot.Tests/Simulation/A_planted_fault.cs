using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>A simulation that has never failed proves nothing: each of these has to be found by the seeds that are run every day.</summary>
public class A_planted_fault
{
    [Fact]
    public void that_posts_without_looking_first_is_found() => Finds("I6:", Twins.PostsWithoutLooking);

    [Fact]
    public void that_records_a_repeat_is_found() => Finds("I1:", Twins.ForgetsCauses);

    [Fact]
    public void that_answers_before_recording_is_found() => Finds("I1:", Twins.AnswersBeforeRecording);

    [Fact]
    public void that_never_tells_what_is_due_is_found() => Finds("I8:", Twins.NeverListsWhatIsDue);

    private static void Finds(string promise, Action<IServiceCollection> twist) => Assert.Contains(
        Seeds.Usual,
        seed => Simulation.Run(seed, twist).Violations.Any(violation => violation.StartsWith(promise, StringComparison.Ordinal)));
}
