using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>
/// Who may call when. Slack's limits are per method, and for posting per channel and per workspace: one that must wait holds up no
/// other. A wait that was learnt from Slack is obeyed; posting keeps to a message a second and channel, four at once, and to three
/// hundred in any minute in the workspace, sixty at once.
/// </summary>
internal sealed class SlackPacing(TimeProvider time)
{
    private const string Posting = "chat.postMessage";
    private const int KeptLanes = 1000;
    private static readonly Pace InChannel = new(Every: TimeSpan.FromSeconds(1), AtOnce: 4);

    // Slack speaks of several hundred a minute.
    private static readonly Pace InWorkspace = new(Every: TimeSpan.FromSeconds(0.25), AtOnce: 60);

    // By a counter that nobody sets: were the machine's clock set back by an hour, nobody would be told anything for as long.
    private readonly long began = time.GetTimestamp();
    private readonly Lock gate = new();
    private readonly Dictionary<(string Method, string? Channel), Lane> lanes = [];

    private TimeSpan Now => time.GetElapsedTime(began);

    /// <summary>Returns when the call may be made.</summary>
    public async Task WaitAsync(string method, string? channel, CancellationToken cancellationToken)
    {
        // A post takes its turn in the workspace once its channel's has come: a crowded channel uses up nothing of the others.
        await WaitForTurnAsync((method, channel), channel, cancellationToken);
        if (channel is not null)
        {
            try
            {
                await WaitForTurnAsync((method, null), channel, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                GiveBack((method, channel));
                throw;
            }
        }
    }

    /// <summary>
    /// Remembers that Slack asked to wait. It does not say whether a post was one too many for its channel or for the workspace: while
    /// another channel has to wait too, it was the workspace.
    /// </summary>
    public void Hold(string method, string? channel, TimeSpan wait)
    {
        var now = Now;
        lock (gate)
        {
            var isWorkspaceWide = channel is not null &&
                lanes.Any(lane => lane.Key.Method == method && lane.Key.Channel is { } other && other != channel && lane.Value.NotBefore > now);
            LaneOf((method, channel)).HoldUntil(now + wait);
            if (isWorkspaceWide)
            {
                LaneOf((method, null)).HoldUntil(now + wait);
            }
        }
    }

    private async Task WaitForTurnAsync((string Method, string? Channel) key, string? channel, CancellationToken cancellationToken)
    {
        var turn = TakeTurn(key);
        try
        {
            for (var delay = Remaining(key.Method, channel, turn); delay > TimeSpan.Zero; delay = Remaining(key.Method, channel, turn))
            {
                await Pause.ForAsync(delay, time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing is posted, so the next may have the turn.
            GiveBack(key);
            throw;
        }
    }

    private TimeSpan TakeTurn((string Method, string? Channel) key)
    {
        var now = Now;
        if (key.Method is not Posting)
        {
            return now;
        }

        lock (gate)
        {
            return LaneOf(key).Book(PaceOf(key), now);
        }
    }

    private void GiveBack((string Method, string? Channel) key)
    {
        lock (gate)
        {
            if (key.Method is Posting)
            {
                LaneOf(key).GiveBack(PaceOf(key));
            }
        }
    }

    private static Pace PaceOf((string Method, string? Channel) key) => key.Channel is null ? InWorkspace : InChannel;

    private TimeSpan Remaining(string method, string? channel, TimeSpan turn)
    {
        lock (gate)
        {
            var (inChannel, everywhere) = (NotBefore((method, channel)), NotBefore((method, null)));
            var held = inChannel > everywhere ? inChannel : everywhere;
            return (turn > held ? turn : held) - Now;
        }
    }

    private TimeSpan NotBefore((string Method, string? Channel) key) =>
        lanes.TryGetValue(key, out var lane) ? lane.NotBefore : TimeSpan.MinValue;

    private Lane LaneOf((string Method, string? Channel) key)
    {
        if (lanes.TryGetValue(key, out var lane))
        {
            return lane;
        }

        if (lanes.Count >= KeptLanes)
        {
            var now = Now;
            foreach (var idle in lanes.Where(pair => pair.Value.Booked <= now && pair.Value.NotBefore <= now).Select(pair => pair.Key).ToList())
            {
                lanes.Remove(idle);
            }
        }

        return lanes[key] = new Lane();
    }

    /// <param name="Every">How far apart calls are.</param>
    /// <param name="AtOnce">How many may go together after a silence.</param>
    private readonly record struct Pace(TimeSpan Every, int AtOnce);

    private sealed class Lane
    {
        /// <summary>When the next call would be due at the plain pace.</summary>
        public TimeSpan Booked { get; private set; } = TimeSpan.FromDays(-1);

        public TimeSpan NotBefore { get; private set; } = TimeSpan.MinValue;

        public void HoldUntil(TimeSpan until) => NotBefore = until > NotBefore ? until : NotBefore;

        public void GiveBack(Pace pace) => Booked -= pace.Every;

        /// <summary>Gives the moment at which the next call may be made.</summary>
        public TimeSpan Book(Pace pace, TimeSpan now)
        {
            var turn = Booked - ((pace.AtOnce - 1) * pace.Every);
            Booked = (Booked > now ? Booked : now) + pace.Every;
            return turn > now ? turn : now;
        }
    }
}
