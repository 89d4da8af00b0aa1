using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>One run: a storm in which the dice decide what happens next, then calm until nothing is left to do.</summary>
internal sealed class Simulation : IDisposable
{
    private const int StormSteps = 1200;
    private const int MostDeeds = 60;
    private static readonly TimeSpan Reconciles = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CalmLasts = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(3);

    private static readonly (int Weight, TimeSpan What)[] Moments =
        [(40, TimeSpan.FromMilliseconds(80)), (20, TimeSpan.FromMilliseconds(700)), (8, TimeSpan.FromSeconds(3)), (1, TimeSpan.FromSeconds(12))];

    private static readonly (int Weight, TimeSpan What)[] Whiles =
        [(10, TimeSpan.FromSeconds(2)), (10, TimeSpan.FromSeconds(20)), (5, TimeSpan.FromMinutes(4)), (3, TimeSpan.FromMinutes(40))];

    private readonly Action<IServiceCollection>? twist;
    private readonly World world;
    private readonly PostOffice post;
    private readonly Crowd crowd;
    private readonly Confirmations confirmations;
    private SimulatedBot? bot;
    private DateTimeOffset reconcileAt;
    private int lives;
    private int deeds;

    private Simulation(ulong seed, Action<IServiceCollection>? twist)
    {
        this.twist = twist;
        world = new World(seed);
        post = new PostOffice(world);
        crowd = new Crowd(world, post);
        confirmations = new Confirmations(world, post);
        reconcileAt = world.Time.GetUtcNow();
    }

    /// <summary>Runs a seed on a thread of its own, whose stack is deep enough for work that resumes inside other work.</summary>
    /// <param name="twist">Changes the bot's parts: a fault planted to see whether it is found.</param>
    public static RunResult Run(ulong seed, Action<IServiceCollection>? twist = null)
    {
        RunResult? result = null;
        Exception? broken = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    using var simulation = new Simulation(seed, twist);
                    result = simulation.Run(seed);
                }
                catch (Exception problem)
                {
                    broken = problem;
                }
            },
            maxStackSize: 256 * 1024 * 1024);
        thread.Start();
        thread.Join();
        return result ?? throw new InvalidOperationException($"Seed {seed} broke the simulation itself.", broken);
    }

    public void Dispose() => world.Dispose();

    private RunResult Run(ulong seed)
    {
        Start();
        for (var step = 0; step < StormSteps && world.Broken is null; step++)
        {
            Next();
            world.Dice.Weighted(Possible())();
            post.Collect();
        }

        if (world.Broken is null)
        {
            Settle();
        }

        IReadOnlyList<string> violations = world.Broken is { } why ? [why] : Judgement.Of(world, confirmations.All);
        world.Tell($"end: {(violations.Count == 0 ? "all holds" : string.Join("; ", violations))}");
        return new RunResult(seed, violations, world.Trace);
    }

    private List<(int Weight, Action What)> Possible()
    {
        var possible = new List<(int Weight, Action What)> { (60, () => Wait(world.Dice.Weighted(Moments))) };
        if (world.Crossings.Count > 0)
        {
            possible.Add((400, Arrive));
        }
        else
        {
            possible.Add((60, () => Wait(world.Dice.Weighted(Whiles))));
        }

        if (post.IsAnyReady)
        {
            possible.Add((160, () => post.Carry(bot)));
        }

        if (deeds < MostDeeds)
        {
            possible.Add((60, Act));
        }

        if (bot is null)
        {
            possible.Add((120, Start));
            return possible;
        }

        if (world.Weather.Crashes > 0)
        {
            possible.Add((world.Weather.Crashes, Crash));
        }

        if (world.Time.GetUtcNow() >= reconcileAt && !bot.IsReconciling)
        {
            possible.Add((60, Reconcile));
        }

        if (bot.IsWakeUpDue && !bot.IsReminding)
        {
            possible.Add((60, () => WakeUp(bot)));
        }

        return possible;
    }

    // From here on nothing goes wrong any more. What is so then, and stays so, is judged.
    private void Settle()
    {
        world.Weather = Weather.Calm;
        Next();
        world.Tell("calm");
        if (bot is null)
        {
            Start();
        }

        var calm = world.Time.GetUtcNow();
        while (world.Broken is null && !(world.Time.GetUtcNow() >= calm + CalmLasts && IsQuiet()))
        {
            if (world.Time.GetUtcNow() > calm + Patience)
            {
                world.Break($"It never became quiet: {Judgement.Unfinished(world)}");
                return;
            }

            Next();
            CalmStep(bot!);
            post.Collect();
        }
    }

    private void CalmStep(SimulatedBot alive)
    {
        if (world.Crossings.Count > 0)
        {
            Arrive();
        }
        else if (post.IsAnyReady)
        {
            post.Carry(alive);
        }
        else if (world.Time.GetUtcNow() >= reconcileAt && !alive.IsReconciling)
        {
            Reconcile();
        }
        else
        {
            var next = new[] { world.Time.NextDue, post.NextDue, reconcileAt }.Min()!.Value;
            Wait(next > world.Time.GetUtcNow() ? next - world.Time.GetUtcNow() : TimeSpan.FromSeconds(1));
        }
    }

    private bool IsQuiet() => world.Crossings.Count == 0 && post.IsEmpty && bot is { IsIdle: true } && Judgement.Unfinished(world).Length == 0;

    private void Next()
    {
        world.Trace.Step++;
        world.Trace.At = world.Time.GetUtcNow() - world.Time.Start;
    }

    private void Start()
    {
        world.Tell($"start {++lives}");
        world.Storage.LeaseTable.ClearAsync(CancellationToken.None).GetAwaiter().GetResult();
        bot = new SimulatedBot(world, new Life(lives), twist);
        reconcileAt = world.Time.GetUtcNow();
    }

    private void Crash()
    {
        world.Tell("crash");
        var life = bot!.Life;
        life.End();
        bot = null;
        foreach (var crossing in world.Crossings.TakeAllOf(life))
        {
            crossing.ArriveUnheard();
        }

        post.BreakLines();
    }

    private void Arrive() => world.Crossings.Take(world.Dice.Place(world.Crossings.Count, Math.Max(0.2, world.Weather.Disorder))).Arrive(world.Weather);

    private void Act()
    {
        deeds++;
        crowd.Act();
    }

    private void Reconcile()
    {
        world.Tell("reconcile");
        reconcileAt = world.Time.GetUtcNow() + Reconciles;
        bot!.Reconcile();
    }

    private void WakeUp(SimulatedBot alive)
    {
        if (world.Dice.Chance(world.Weather.WakeLost))
        {
            world.Tell("a wake-up is lost");
            alive.LoseWakeUp();
        }
        else
        {
            world.Tell("wake up");
            alive.Remind();
        }
    }

    private void Wait(TimeSpan span)
    {
        world.Tell($"wait {span.TotalSeconds:F3}");
        world.Time.AdvanceTo(world.Time.GetUtcNow() + span);
    }
}

/// <param name="Violations">Promises that were broken; empty when all held.</param>
internal sealed record RunResult(ulong Seed, IReadOnlyList<string> Violations, Trace Trace);
