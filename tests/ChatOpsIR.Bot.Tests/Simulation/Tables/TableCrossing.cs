using Azure;

namespace ChatOpsIR.Bot.Tests.Simulation.Tables;

/// <summary>A request to the tables on its way. One that nobody waits for any more may still arrive, much later.</summary>
internal sealed class TableCrossing<T>(World world, Life life, string what, Func<T> perform, Func<T, string> describe, bool writes) : Crossing(life, what)
{
    private static readonly int[] LateBySeconds = [1, 5, 20, 60, 300];

    private readonly TaskCompletionSource<T> answer = new();
    private bool isUnheard;

    public Task<T> Answer => answer.Task;

    public override void Arrive(Weather weather)
    {
        if (isUnheard)
        {
            Perform("long after it was given up", (_, _) => world.Late());
        }
        else if (world.Dice.Chance(weather.StoreUnreached))
        {
            Fail("not reached", world.Dice.Chance(0.5) ? new RequestFailedException(503, "The simulated tables are busy.", "ServerBusy", null) : Broken());
        }
        else if (world.Dice.Chance(weather.StoreAnswerLost))
        {
            var isSilent = world.Dice.Chance(0.5);
            Perform(isSilent ? "and no answer comes" : "and the line breaks", (_, _) =>
            {
                if (!isSilent)
                {
                    Fail("answer lost", Broken());
                }
            });
        }
        else
        {
            Perform("", (result, problem) => Life.Reach(world.Time, () => Pass(result, problem)));
        }
    }

    public override void ArriveUnheard() => Unheard();

    /// <summary>Its caller waits no longer.</summary>
    public void GiveUp(CancellationToken cancelled)
    {
        world.OnThread($"{What} is given up");
        if (Life.Over)
        {
            return;
        }

        if (world.Crossings.Remove(this))
        {
            Unheard();
        }

        answer.TrySetCanceled(cancelled);
    }

    private static RequestFailedException Broken() => new(0, "The simulated line broke.", new IOException("The simulated line broke."));

    // It is carried out at once, or never, or it has got stuck somewhere and comes through when everybody has forgotten it.
    private void Unheard()
    {
        switch (world.Dice.Below(writes ? 3 : 1))
        {
            case 0:
                world.Trace.Say($"tables {What}: given up and never taken");
                break;
            case 1:
                Perform("and nobody hears it", (_, _) => { });
                break;
            default:
                isUnheard = true;
                NotBefore = world.Time.GetUtcNow() + TimeSpan.FromSeconds(world.Dice.Pick(LateBySeconds));
                world.Trace.Say($"tables {What}: given up and still on its way");
                world.Crossings.Return(this);
                break;
        }
    }

    private void Perform(string note, Action<T?, Exception?> then)
    {
        T result;
        try
        {
            result = perform();
        }
        catch (RequestFailedException refused)
        {
            world.Trace.Say($"tables {What}: {refused.Status} {note}");
            then(default, refused);
            return;
        }

        world.Trace.Say($"tables {What}: {describe(result)} {note}");
        then(result, null);
    }

    private void Fail(string note, RequestFailedException problem)
    {
        world.Trace.Say($"tables {What}: {note} {problem.Status}");
        Life.Reach(world.Time, () => answer.TrySetException(problem));
    }

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
}
