using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>
/// Who may call when. Slack's limits are per method, and for posting per channel: one that must wait holds up no other. A wait that
/// was learnt from Slack is obeyed; posting keeps to a message a second and channel, four at once.
/// </summary>
internal sealed class SlackPacing(TimeProvider time)
{
    private const string Posting = "chat.postMessage";
    private const int KeptLanes = 1000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Burst = 3 * Pace;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Method, string? Channel), Lane> lanes = [];

    /// <summary>Returns when the call may be made.</summary>
    public async Task WaitAsync(string method, string? channel, CancellationToken cancellationToken)
    {
        var turn = TakeTurn((method, channel));
        for (var delay = Remaining((method, channel), turn); delay > TimeSpan.Zero; delay = Remaining((method, channel), turn))
        {
            await Pause.ForAsync(delay, time, cancellationToken);
        }
    }

    /// <summary>Remembers that Slack asked to wait.</summary>
    public void Hold(string method, string? channel, TimeSpan wait)
    {
        var until = time.GetUtcNow() + wait;
        lock (gate)
        {
            var lane = LaneOf((method, channel));
            lane.NotBefore = until > lane.NotBefore ? until : lane.NotBefore;
        }
    }

    private DateTimeOffset TakeTurn((string Method, string? Channel) key)
    {
        var now = time.GetUtcNow();
        if (key.Method is not Posting)
        {
            return now;
        }

        lock (gate)
        {
            var lane = LaneOf(key);
            var turn = lane.Booked - Burst;
            lane.Booked = (lane.Booked > now ? lane.Booked : now) + Pace;
            return turn > now ? turn : now;
        }
    }

    private TimeSpan Remaining((string Method, string? Channel) key, DateTimeOffset turn)
    {
        lock (gate)
        {
            var notBefore = lanes.TryGetValue(key, out var lane) ? lane.NotBefore : DateTimeOffset.MinValue;
            return (turn > notBefore ? turn : notBefore) - time.GetUtcNow();
        }
    }

    private Lane LaneOf((string Method, string? Channel) key)
    {
        if (lanes.TryGetValue(key, out var lane))
        {
            return lane;
        }

        if (lanes.Count >= KeptLanes)
        {
            var now = time.GetUtcNow();
            foreach (var idle in lanes.Where(pair => pair.Value.Booked <= now && pair.Value.NotBefore <= now).Select(pair => pair.Key).ToList())
            {
                lanes.Remove(idle);
            }
        }

        return lanes[key] = new Lane();
    }

    private sealed class Lane
    {
        /// <summary>When the last call that was let through would be due at the plain pace.</summary>
        public DateTimeOffset Booked { get; set; } = DateTimeOffset.UnixEpoch;

        public DateTimeOffset NotBefore { get; set; } = DateTimeOffset.MinValue;
    }
}
