using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>
/// Carries out what was promised. For each incident it takes the lease, runs one lane per destination side by side, paints the
/// live surfaces, and catches up with what was missed. It is fed from the streams: whoever appends rings the <see cref="Bell"/>, and the reconciler rings for the rest.
/// </summary>
public sealed class EffectRunner
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LetGoAfter = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);

    // With a little to spare for timers that are early: the third ask finds that a lease which nobody renews has run out.
    private static readonly TimeSpan AskAgainAfter = (Lease.Length / 2) + TimeSpan.FromMilliseconds(50);

    private readonly IncidentStreams streams;
    private readonly ILeases leases;
    private readonly EffectLane lane;
    private readonly Painting painting;
    private readonly CatchingUp catchingUp;
    private readonly TimeProvider time;
    private readonly Action<IncidentId, Exception> report;
    private readonly Lock gate = new();
    private readonly Dictionary<IncidentId, Visit> visits = [];
    private CancellationToken stopping;
    private bool started;

    /// <param name="report">Told of every try that failed, and of whatever went wrong on our own side; the work is taken up again.</param>
    public EffectRunner(
        IncidentStreams streams, ILeases leases, EffectAttempt attempt, Painting painting, CatchingUp catchingUp, Bell bell, TimeProvider time, Action<IncidentId, Exception> report)
    {
        this.streams = streams;
        this.leases = leases;
        this.painting = painting;
        this.catchingUp = catchingUp;
        this.time = time;
        this.report = report;
        lane = new EffectLane(streams, attempt, time, Report);
        bell.Rung += LookAt;
    }

    /// <summary>Begins to listen. Rings before this are answered by the reconciler's first round.</summary>
    public void Start(CancellationToken stopping)
    {
        this.stopping = stopping;
        started = true;
    }

    /// <summary>Done when no incident is being worked on.</summary>
    public Task QuietAsync()
    {
        lock (gate)
        {
            return Task.WhenAll(visits.Values.Select(visit => visit.Running));
        }
    }

    private void LookAt(IncidentId incident)
    {
        if (!started || stopping.IsCancellationRequested)
        {
            return;
        }

        Visit visit;
        lock (gate)
        {
            if (visits.TryGetValue(incident, out var running))
            {
                running.Ring();
                return;
            }

            visit = new Visit();
            visits.Add(incident, visit);
        }

        visit.Running = VisitAsync(incident, visit);
    }

    private async Task VisitAsync(IncidentId incident, Visit visit)
    {
        do
        {
            try
            {
                await WorkAsync(incident, visit);
            }
            catch (Exception problem)
            {
                Report(incident, problem);
                await PauseAsync(LookAgainAfter);
                visit.Ring();
            }

            if (stopping.IsCancellationRequested)
            {
                visit.Stop();
            }
        }
        while (!Ended(incident, visit));
    }

    // Stopping calls off what is under way, which looks as if the store or the chat product did not answer.
    private void Report(IncidentId incident, Exception problem)
    {
        if (problem is AggregateException { InnerExceptions: var several })
        {
            foreach (var one in several)
            {
                Report(incident, one);
            }
        }
        else if (!stopping.IsCancellationRequested || problem is not (OperationCanceledException or StoreException or ChatException))
        {
            report(incident, problem);
        }
    }

    private bool Ended(IncidentId incident, Visit visit)
    {
        lock (gate)
        {
            if (visit.TakeRing())
            {
                return false;
            }

            visits.Remove(incident);
            return true;
        }
    }

    private async Task WorkAsync(IncidentId id, Visit visit)
    {
        visit.TakeRing();
        var incident = await streams.ReadAsync(id, stopping);
        if (!incident.Ready.Any() && !catchingUp.IsWanted(incident) && !await painting.IsStaleAsync(incident, stopping))
        {
            return;
        }

        // By a counter that nobody sets: a clock put back would make the lease seem to last.
        var asked = time.GetTimestamp();
        if (await leases.TryTakeAsync(id, stopping) is not { } lease)
        {
            await PauseAsync(AskAgainAfter);
            visit.Ring();
            return;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await using var limit = time.CreateTimer(static work => ((CancellationTokenSource)work!).Cancel(), held, LetGoAfter - time.GetElapsedTime(asked), Timeout.InfiniteTimeSpan);
        var renewing = RenewAsync(lease, limit, held);
        var settled = 0L;
        try
        {
            settled = await RunLanesAsync(id, lease, visit, held);
        }
        finally
        {
            held.Cancel(); // CancelAsync would leave the thread, and a simulation with it
            await renewing;
        }

        await leases.ReleaseAsync(lease, settled, stopping);
    }

    // Runs until nothing is left to do and nobody rang; gives the version through which all was carried out.
    private async Task<long> RunLanesAsync(IncidentId id, Lease lease, Visit visit, CancellationTokenSource held)
    {
        var lanes = new Dictionary<string, Task>(StringComparer.Ordinal);
        try
        {
            return await RunLanesAsync(lanes, id, lease, visit, held.Token);
        }
        catch
        {
            // One broke. The others end before anybody takes their work up again.
            held.Cancel();
            foreach (var lane in lanes.Values)
            {
                await Task.WhenAny(lane);
            }

            throw;
        }
    }

    private async Task<long> RunLanesAsync(Dictionary<string, Task> lanes, IncidentId id, Lease lease, Visit visit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = await BeginLanesAsync(lanes, id, lease, cancellationToken);
            if (lanes.Count == 0 && version is { } settled)
            {
                if (!visit.TakeRing())
                {
                    return settled;
                }

                continue;
            }

            // Where the store did not answer, it is asked again soon; what is under way goes on.
            var again = version is null ? [Pause.ForAsync(LookAgainAfter, time, cancellationToken)] : Array.Empty<Task>();
            await Task.WhenAny([visit.Rung, .. again, .. lanes.Values]);
            visit.TakeRing();
            foreach (var (lane, task) in lanes.Where(lane => lane.Value.IsCompleted).ToArray())
            {
                lanes.Remove(lane);
                await task;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // Gives the version that it looked at; null when the store did not answer.
    private async Task<long?> BeginLanesAsync(Dictionary<string, Task> lanes, IncidentId id, Lease lease, CancellationToken cancellationToken)
    {
        try
        {
            var incident = await streams.ReadAsync(id, cancellationToken);
            foreach (var name in incident.Ready.Select(pending => pending.Effect.Lane).Distinct().Where(name => !lanes.ContainsKey(name)))
            {
                lanes[name] = lane.RunAsync(id, name, lease, cancellationToken);
            }

            if (!lanes.ContainsKey(Painting.Lane) && await painting.IsStaleAsync(incident, cancellationToken))
            {
                lanes[Painting.Lane] = KeepAtAsync(id, painting.PaintAsync, cancellationToken);
            }

            if (!lanes.ContainsKey(CatchingUp.Lane) && catchingUp.IsWanted(incident))
            {
                lanes[CatchingUp.Lane] = KeepAtAsync(id, CatchUpAsync, cancellationToken);
            }

            return incident.Version;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            Report(id, problem);
            return null;
        }
    }

    private async Task<Tried> CatchUpAsync(IncidentId id, CancellationToken cancellationToken)
    {
        await catchingUp.RunAsync(id, cancellationToken);
        return Tried.Settled;
    }

    // Whatever goes wrong is told and tried again.
    private async Task KeepAtAsync(IncidentId id, Func<IncidentId, CancellationToken, Task<Tried>> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            Tried tried;
            try
            {
                tried = await work(id, cancellationToken);
            }
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
            {
                tried = new Tried(LookAgainAfter, problem);
            }

            if (tried.Problem is { } failure)
            {
                Report(id, failure);
            }

            if (tried.Wait is not { } wait)
            {
                return;
            }

            await Pause.ForAsync(wait, time, cancellationToken);
        }
    }

    // The work is called off before the lease can have run out, also when the store answers nothing at all.
    private async Task RenewAsync(Lease lease, ITimer limit, CancellationTokenSource held)
    {
        try
        {
            while (!held.IsCancellationRequested)
            {
                await Pause.ForAsync(RenewEvery, time, held.Token);
                await RenewOnceAsync(lease, limit, held);
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over, or somebody else has the lease.
        }
    }

    private async Task RenewOnceAsync(Lease lease, ITimer limit, CancellationTokenSource held)
    {
        var asked = time.GetTimestamp();
        try
        {
            if (!await leases.RenewAsync(lease, held.Token))
            {
                held.Cancel();
            }
            else if (LetGoAfter - time.GetElapsedTime(asked) is var left && left > TimeSpan.Zero)
            {
                limit.Change(left, Timeout.InfiniteTimeSpan);
            }
        }
        catch (StoreException problem)
        {
            Report(lease.Incident, problem);
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Pause.ForAsync(pause, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop ends by itself.
        }
    }

    /// <summary>One incident being worked on, and whether somebody rang meanwhile.</summary>
    private sealed class Visit
    {
        private readonly Lock gate = new();
        private TaskCompletionSource rung = new();
        private bool stopped;

        public Task Running { get; set; } = Task.CompletedTask;

        public Task Rung
        {
            get
            {
                lock (gate)
                {
                    return rung.Task;
                }
            }
        }

        public void Ring()
        {
            TaskCompletionSource wake;
            lock (gate)
            {
                wake = rung;
            }

            wake.TrySetResult();
        }

        public void Stop()
        {
            lock (gate)
            {
                stopped = true;
            }
        }

        public bool TakeRing()
        {
            lock (gate)
            {
                if (stopped || !rung.Task.IsCompleted)
                {
                    return false;
                }

                rung = new TaskCompletionSource();
                return true;
            }
        }
    }
}
