using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>One run: a storm in which the dice decide what happens next, then calm until nothing is left to do.</summary>
internal sealed class Simulation : IDisposable
{
    private const int StormSteps = 1200;
    private const int MostDeeds = 60;
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
    private readonly List<SimulatedBot> bots = [];
    private int lives;
    private int deeds;

    private Simulation(ulong seed, Action<IServiceCollection>? twist)
    {
        this.twist = twist;
        world = new World(seed);
        post = new PostOffice(world);
        crowd = new Crowd(world, post);
        confirmations = new Confirmations(world, post);
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
        world.Trace.Say($"end: {(violations.Count == 0 ? "all holds" : string.Join("; ", violations))}");
        return new RunResult(seed, violations, world.Trace);
    }

    private List<(int Weight, Action What)> Possible()
    {
        var possible = new List<(int Weight, Action What)> { (60, () => Wait(world.Dice.Weighted(Moments))) };
        if (world.Crossings.Ready > 0)
        {
            possible.Add((400, Arrive));
        }

        if (world.Crossings.Count == 0)
        {
            possible.Add((60, () => Wait(world.Dice.Weighted(Whiles))));
        }

        if (post.IsAnyReady)
        {
            possible.Add((160, () => post.Carry(bots)));
        }

        if (deeds < MostDeeds)
        {
            possible.Add((60, Act));
        }

        if (bots.Count < world.Weather.Instances)
        {
            possible.Add((bots.Count == 0 ? 120 : 20, Start));
        }

        foreach (var bot in bots)
        {
            AddWorkOf(bot, possible);
        }

        return possible;
    }

    private void AddWorkOf(SimulatedBot bot, List<(int Weight, Action What)> possible)
    {
        if (world.Weather.Crashes > 0)
        {
            possible.Add((world.Weather.Crashes, () => Crash(bot)));
        }

        if (bot.Life.IsFrozen(world.Time))
        {
            return;
        }

        if (world.Weather.Freezes > 0)
        {
            possible.Add((world.Weather.Freezes, () => Freeze(bot)));
        }

        if (bot.MayReconcile)
        {
            possible.Add((60, () => Reconcile(bot)));
        }

        if (bot.IsWakeUpDue && !bot.IsReminding)
        {
            possible.Add((60, () => WakeUp(bot)));
        }
    }

    // From here on nothing goes wrong any more. What is so then, and stays so, is judged.
    private void Settle()
    {
        world.Weather = Weather.Calm;
        Next();
        world.Trace.Say("calm");
        if (bots.Count == 0)
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
            CalmStep();
            post.Collect();
        }
    }

    private void CalmStep()
    {
        if (world.Crossings.Ready > 0)
        {
            Arrive();
        }
        else if (post.IsAnyReady)
        {
            post.Carry(bots);
        }
        else if (bots.Find(bot => bot.MayReconcile && !bot.Life.IsFrozen(world.Time)) is { } idle)
        {
            Reconcile(idle);
        }
        else
        {
            var next = bots.Select(bot => (DateTimeOffset?)bot.ReconcilesAt).Append(world.Time.NextDue).Append(post.NextDue).Append(world.Crossings.NextDue).Min()!.Value;
            Wait(next > world.Time.GetUtcNow() ? next - world.Time.GetUtcNow() : TimeSpan.FromSeconds(1));
        }
    }

    private bool IsQuiet() => world.Crossings.Count == 0 && post.IsEmpty && bots.TrueForAll(bot => bot.IsIdle) && Judgement.Unfinished(world).Length == 0;

    private void Next() => world.Trace.Step++;

    private void Start()
    {
        world.Trace.Say($"start {++lives}");
        if (bots.Count == 0)
        {
            world.Storage.LeaseTable.ClearAsync(CancellationToken.None).GetAwaiter().GetResult();
        }

        bots.Add(new SimulatedBot(world, new Life(lives), twist));
    }

    private void Crash(SimulatedBot bot)
    {
        world.Trace.Say($"crash {bot.Life.Number}");
        bot.Life.End();
        bots.Remove(bot);
        foreach (var crossing in world.Crossings.TakeAllOf(bot.Life))
        {
            crossing.ArriveUnheard();
        }

        post.BreakLines(bot.Life);
    }

    private void Freeze(SimulatedBot bot)
    {
        var span = TimeSpan.FromSeconds(3 + world.Dice.Below(18));
        world.Trace.Say($"freeze {bot.Life.Number} for {span.TotalSeconds} s");
        bot.Life.FreezeUntil(world.Time.GetUtcNow() + span);
    }

    private void Arrive() => world.Crossings.Take(world.Dice.Place(world.Crossings.Ready, Math.Max(0.2, world.Weather.Disorder))).Arrive(world.Weather);

    private void Act()
    {
        deeds++;
        crowd.Act();
    }

    private void Reconcile(SimulatedBot bot)
    {
        world.Trace.Say($"reconcile {bot.Life.Number}");
        bot.Reconcile();
    }

    private void WakeUp(SimulatedBot bot)
    {
        if (world.Dice.Chance(world.Weather.WakeLost))
        {
            world.Trace.Say("a wake-up is lost");
            bot.LoseWakeUp();
        }
        else
        {
            world.Trace.Say($"wake up {bot.Life.Number}");
            bot.Remind();
        }
    }

    private void Wait(TimeSpan span)
    {
        world.Trace.Say($"wait {span.TotalSeconds:F3}");
        world.Time.AdvanceTo(world.Time.GetUtcNow() + span);
    }
}

/// <param name="Violations">Promises that were broken; empty when all held.</param>
internal sealed record RunResult(ulong Seed, IReadOnlyList<string> Violations, Trace Trace);
