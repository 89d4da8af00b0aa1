using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>A call of the store on its way.</summary>
internal sealed class StoreCrossing<T> : Crossing
{
    private readonly World world;
    private readonly Func<Task<T>> perform;
    private readonly Func<T, string> describe;
    private readonly TaskCompletionSource<T> answer = new();
    private readonly CancellationTokenRegistration patience;

    public StoreCrossing(World world, Life life, string what, Func<Task<T>> perform, Func<T, string> describe, CancellationToken cancellationToken)
        : base(life, what)
    {
        this.world = world;
        this.perform = perform;
        this.describe = describe;
        patience = cancellationToken.UnsafeRegister((_, token) => Expire(token), null);
    }

    public Task<T> Answer => answer.Task;

    public override void Arrive(Weather weather)
    {
        patience.Unregister();
        if (world.Dice.Chance(weather.StoreUnreached))
        {
            world.Trace.Say($"store {What}: not reached");
            Reach(() => answer.TrySetException(new StoreException("The simulated store was not reached.")));
        }
        else if (world.Dice.Chance(weather.StoreAnswerLost))
        {
            Perform("answer lost", (_, _) => Reach(() => answer.TrySetException(new StoreException("The simulated store lost its answer."))));
        }
        else
        {
            Perform("", (result, problem) => Reach(() => Pass(result, problem)));
        }
    }

    public override void ArriveUnheard()
    {
        if (world.Dice.Chance(0.5))
        {
            Perform("nobody hears it", (_, _) => { });
        }
    }

    private void Reach(Action happens) => Life.Reach(world.Time, happens);

    private void Pass(T? result, Exception? problem)
    {
        if (problem is null)
        {
            answer.TrySetResult(result!);
        }
        else
        {
            answer.TrySetException(problem);
        }
    }

    // The store works at once on the caller's thread, so its task is done when it comes back.
    private void Perform(string note, Action<T?, Exception?> then)
    {
        var done = perform();
        if (!done.IsCompleted)
        {
            throw new InvalidOperationException($"The store did not do {What} at once.");
        }

        if (done.Exception?.InnerException is { } problem)
        {
            world.Trace.Say($"store {What}: {problem.Message} {note}");
            then(default, problem);
            return;
        }

        var result = done.GetAwaiter().GetResult();
        world.Trace.Say($"store {What}: {describe(result)} {note}");
        then(result, null);
    }

    private void Expire(CancellationToken token)
    {
        world.OnThread($"{What} expires");
        if (Life.Over || !world.Crossings.Remove(this))
        {
            return;
        }

        if (world.Dice.Chance(0.5))
        {
            Perform("too late for the asker", (_, _) => answer.TrySetException(new StoreException("The simulated store did not answer in time.")));
        }
        else
        {
            world.Trace.Say($"store {What}: given up before it was taken");
            answer.TrySetCanceled(token);
        }
    }
}
