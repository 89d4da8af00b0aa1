using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Slack's troubles, switched on and off by whoever looks at the page. Decides the fate of events and calls, and counts. A restart is
/// calm: a workspace that came back broken, with nobody at the switch, would look like a fault of the bot.</summary>
public sealed class Chaos
{
    private const int MostNotes = 40;
    private const int RateLimitOdds = 3;

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly Dictionary<Trouble, int> levels = Trouble.All.ToDictionary(trouble => trouble, _ => 0);
    private readonly Dictionary<string, long> newest = [];
    private readonly Dictionary<string, int> refusals = [];
    private readonly LinkedList<ChaosNote> notes = [];
    private ChaosCounts counts = new();
    private TaskCompletionSource calmed = NewSignal();
    private Random chance;

    internal Chaos(TimeProvider clock, int? seed)
    {
        this.clock = clock;
        chance = new Random(seed ?? RandomNumberGenerator.GetInt32(int.MaxValue));
    }

    /// <summary>A switch moved, or something was counted. Raised outside the lock.</summary>
    public event Action? Changed;

    /// <summary>Ends when everything is next switched off: what waits only because of chaos then goes on its way.</summary>
    internal Task Calmed
    {
        get
        {
            lock (gate)
            {
                return calmed.Task;
            }
        }
    }

    internal bool IsDisconnected => Level(Trouble.Disconnect) > 0;

    public ChaosView Look()
    {
        lock (gate)
        {
            return new ChaosView(new Dictionary<Trouble, int>(levels), counts, [.. notes]);
        }
    }

    /// <summary>Moves switches: <c>{"late": 30, "duplicate": true, "calm": true, "seed": 7}</c>. All of them or, where one makes no sense, none.</summary>
    /// <returns>What makes no sense, or null.</returns>
    public string? Set(JsonObject wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (ChaosOrder.Read(wanted, out var order) is { } problem)
        {
            return problem;
        }

        TaskCompletionSource? wasWaiting = null;
        lock (gate)
        {
            if (order.Seed is { } seed)
            {
                chance = new Random(seed);
            }

            foreach (var trouble in order.Calm ? Trouble.All : [])
            {
                levels[trouble] = 0;
            }

            foreach (var (trouble, level) in order.Levels)
            {
                levels[trouble] = level;
            }

            if (levels.Values.All(level => level == 0))
            {
                (wasWaiting, calmed) = (calmed, NewSignal());
            }
        }

        wasWaiting?.TrySetResult();
        Changed?.Invoke();
        return null;
    }

    internal EventFate FateOf(Delivery happened)
    {
        lock (gate)
        {
            counts = counts with { Events = counts.Events + 1 };
            var late = levels[Trouble.Late] is > 0 and var most ? Between(1, most) : TimeSpan.Zero;
            var shuffle = levels[Trouble.Reorder];
            var lost = levels[Trouble.Duplicate] is > 0 and var copies ? 1 + chance.Next(copies) : 0;
            return new EventFate(clock.GetUtcNow(), late + (shuffle > 0 ? Between(0, shuffle) : TimeSpan.Zero), shuffle > 0, lost);
        }
    }

    /// <summary>An event is about to reach the bot, for the first time or again.</summary>
    internal void Reaches(Delivery happened, EventFate fate, bool again)
    {
        lock (gate)
        {
            if (again)
            {
                counts = counts with { Doubled = counts.Doubled + 1 };
                Note(ChaosMark.Done, $"{EventWords.Of(happened)} sent again, its answer was lost");
            }

            var isOvertaken = newest.GetValueOrDefault(happened.OrderKey) > happened.Id;
            newest[happened.OrderKey] = Math.Max(newest.GetValueOrDefault(happened.OrderKey), happened.Id);
            if (!again && fate.OutOfOrder && isOvertaken)
            {
                counts = counts with { Reordered = counts.Reordered + 1 };
                Note(ChaosMark.Done, $"{EventWords.Of(happened)} came after a later one");
            }

            if (!again && fate.Late > TimeSpan.Zero)
            {
                counts = counts with { Late = counts.Late + 1 };
                Note(ChaosMark.Done, $"{EventWords.Of(happened)} came {Math.Ceiling((clock.GetUtcNow() - fate.Happened).TotalSeconds)} s late");
            }
        }

        Changed?.Invoke();
    }

    internal void Misses(Delivery delivery)
    {
        lock (gate)
        {
            counts = counts with { Unreachable = counts.Unreachable + 1 };
            var next = delivery.Kind == DeliveryKind.Event ? "it will come again" : "it is not sent again";
            Note(ChaosMark.Waits, $"{EventWords.Of(delivery)} did not reach the bot; {next}");
        }

        Changed?.Invoke();
    }

    /// <summary>An event is over: accepted, or given up after the last try.</summary>
    internal void Settles(Delivery happened, bool taken)
    {
        lock (gate)
        {
            counts = taken ? counts with { Taken = counts.Taken + 1 } : counts with { GivenUp = counts.GivenUp + 1 };
            if (!taken)
            {
                Note(ChaosMark.Lost, $"{EventWords.Of(happened)} was given up; the bot has to fetch it");
            }
        }

        Changed?.Invoke();
    }

    internal CallFate FateOf(string method)
    {
        CallFate fate;
        lock (gate)
        {
            var slow = levels[Trouble.Slow] is > 0 and var most ? Between(0, most) : TimeSpan.Zero;
            var seconds = levels[Trouble.RateLimit];
            fate = new CallFate(Outcome(seconds), slow, seconds);
            Count(method, fate);
        }

        if (fate != new CallFate(CallOutcome.Answered, TimeSpan.Zero))
        {
            Changed?.Invoke();
        }

        return fate;
    }

    private CallOutcome Outcome(int rateLimit) => true switch
    {
        _ when levels[Trouble.Disconnect] > 0 => CallOutcome.LostBefore,
        _ when rateLimit > 0 && chance.Next(RateLimitOdds) == 0 => CallOutcome.RateLimited,
        _ when Strikes(Trouble.DropBefore) => CallOutcome.LostBefore,
        _ when Strikes(Trouble.ServerError) => (CallOutcome)((int)CallOutcome.Broken + chance.Next(3)),
        _ when Strikes(Trouble.DropAfter) => CallOutcome.LostAfter,
        _ => CallOutcome.Answered,
    };

    private void Count(string method, CallFate fate)
    {
        counts = fate.Slow > TimeSpan.Zero ? counts with { Slowed = counts.Slowed + 1 } : counts;
        counts = fate.Outcome switch
        {
            CallOutcome.Answered => counts,
            CallOutcome.RateLimited => counts with { RateLimited = counts.RateLimited + 1 },
            CallOutcome.LostBefore or CallOutcome.LostAfter => counts with { Dropped = counts.Dropped + 1 },
            _ => counts with { Failed = counts.Failed + 1 },
        };
        if (fate.Outcome == CallOutcome.Answered)
        {
            if (refusals.Remove(method, out var times))
            {
                Note(ChaosMark.Done, $"{method} went through on try {times + 1}");
            }

            return;
        }

        refusals[method] = refusals.GetValueOrDefault(method) + 1;
        Note(ChaosMark.Waits, fate.Outcome switch
        {
            CallOutcome.RateLimited => $"{method} was told to wait {fate.RetryAfter} s",
            CallOutcome.LostBefore => $"{method} did not arrive",
            CallOutcome.LostAfter => $"{method} was done, its answer lost",
            _ => $"{method} failed at the server",
        });
    }

    private int Level(Trouble trouble)
    {
        lock (gate)
        {
            return levels[trouble];
        }
    }

    private bool Strikes(Trouble trouble) => levels[trouble] is > 0 and var percent && chance.Next(100) < percent;

    private TimeSpan Between(int least, int most) => TimeSpan.FromMilliseconds(chance.Next(least * 1000, (most * 1000) + 1));

    private void Note(ChaosMark mark, string words)
    {
        notes.AddFirst(new ChaosNote(clock.GetUtcNow(), mark, words));
        if (notes.Count > MostNotes)
        {
            notes.RemoveLast();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
