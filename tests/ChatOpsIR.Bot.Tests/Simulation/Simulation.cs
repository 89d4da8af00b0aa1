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

    // A clock that is off by five minutes and more hears nothing from Slack: its requests count as replayed ones.
    private static readonly TimeSpan[] ClockErrors = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(4)];

    private readonly Action<IServiceCollection>? twist;
    private readonly World world;
    private readonly PostOffice post;
    private readonly Crowd crowd;
    private readonly Confirmations confirmations;
    private readonly List<SimulatedBot> bots = [];
    private int lives;
    private int deeds;
    private int floods;
    private int silences;

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
        return new RunResult(seed, violations, crowd.Typed, world.Trace);
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
            if (silences < world.Weather.Silences && bots.TrueForAll(bot => bot.IsIdle))
            {
                possible.Add((5, BeSilent));
            }
        }

        if (post.IsAnyReady)
        {
            possible.Add((160, Carry));
        }

        if (deeds < MostDeeds)
        {
            possible.Add((crowd.IsBusy ? 60 : 12, Act));
        }

        if (floods < world.Weather.Floods)
        {
            possible.Add((2, Flood));
        }

        if (world.Weather.ClockSteps > 0)
        {
            possible.Add((world.Weather.ClockSteps, StepClock));
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
        foreach (var machine in world.Machines.Where(machine => machine.Ahead != TimeSpan.Zero))
        {
            world.SetClock(machine, TimeSpan.Zero);
        }

        if (bots.Count == 0)
        {
            Start();
        }

        world.Late();
        while (world.Broken is null && !(world.Time.GetUtcNow() >= world.LastLate + CalmLasts + world.ClocksOffBy && IsQuiet()))
        {
            if (world.Time.GetUtcNow() > world.LastLate + Patience && !post.IsOnlyLate)
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
        else if (IsSilent && post.NextDue is { } late)
        {
            Wait(late - world.Time.GetUtcNow());
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

    // All that is left to come is a day late.
    private bool IsSilent => post.IsOnlyLate && world.Crossings.Count == 0 && bots.TrueForAll(bot => bot.IsIdle);

    private bool IsQuiet() => world.Crossings.Count == 0 && post.IsEmpty && bots.TrueForAll(bot => bot.IsIdle) && Judgement.Unfinished(world).Length == 0;

    private void Next() => world.Trace.Step++;

    private void Start()
    {
        world.Trace.Say($"start {++lives}");
        if (bots.Count == 0)
        {
            world.Record.StartAlone();
        }

        var machine = world.Weather.InTables ? world.Machines.First(free => bots.TrueForAll(bot => bot.Life.Machine != free)) : world.Machines[0];
        bots.Add(new SimulatedBot(world, new Life(lives, machine), twist));
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

    // After a flood they come as fast as they can.
    private void Carry()
    {
        for (var many = Math.Max(1, post.ReadyCount / 10); many > 0 && post.IsAnyReady; many--)
        {
            post.Carry(bots);
        }
    }

    private void Flood()
    {
        floods++;
        crowd.Flood();
    }

    private void BeSilent()
    {
        silences++;
        Wait(TimeSpan.FromHours(20 + world.Dice.Below(60)));
    }

    private void StepClock()
    {
        var off = world.Dice.Pick(ClockErrors);
        world.SetClock(world.Machines[world.Dice.Below(world.Machines.Count)], world.Dice.Chance(0.5) ? off : -off);
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
/// <param name="Typed">The verbs that somebody typed.</param>
internal sealed record RunResult(ulong Seed, IReadOnlyList<string> Violations, IReadOnlySet<string> Typed, Trace Trace);
