using ChatOpsIR.Core.Incidents;
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
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);

    private readonly IncidentStreams streams;
    private readonly ILeases leases;
    private readonly EffectAttempt attempt;
    private readonly Painting painting;
    private readonly CatchingUp catchingUp;
    private readonly TimeProvider time;
    private readonly Action<IncidentId, Exception> report;
    private readonly Lock gate = new();
    private readonly Dictionary<IncidentId, Visit> visits = [];
    private CancellationToken stopping;
    private bool started;

    /// <param name="report">Told of whatever went wrong on our own side; the work is taken up again at the next ring.</param>
    public EffectRunner(
        IncidentStreams streams, ILeases leases, EffectAttempt attempt, Painting painting, CatchingUp catchingUp, Bell bell, TimeProvider time, Action<IncidentId, Exception> report)
    {
        this.streams = streams;
        this.leases = leases;
        this.attempt = attempt;
        this.painting = painting;
        this.catchingUp = catchingUp;
        this.time = time;
        this.report = report;
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
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                visit.Stop();
            }
            catch (Exception problem)
            {
                report(incident, problem);
                await PauseAsync(LookAgainAfter);
                visit.Ring();
            }
        }
        while (!Ended(incident, visit));
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
        if (!HasWork(incident) && !catchingUp.IsWanted(incident) && !await painting.IsStaleAsync(incident, stopping))
        {
            return;
        }

        if (await leases.TryTakeAsync(id, stopping) is not { } lease)
        {
            await PauseAsync(LookAgainAfter);
            visit.Ring();
            return;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewing = RenewAsync(lease, held);
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
            var incident = await streams.ReadAsync(id, cancellationToken);
            foreach (var lane in incident.Pending.Where(IsOpen).Select(pending => pending.Effect.Lane).Distinct().Where(lane => !lanes.ContainsKey(lane)))
            {
                lanes[lane] = RunLaneAsync(id, lane, lease, cancellationToken);
            }

            if (!lanes.ContainsKey(Painting.Lane) && await painting.IsStaleAsync(incident, cancellationToken))
            {
                lanes[Painting.Lane] = PaintAsync(id, cancellationToken);
            }

            if (!lanes.ContainsKey(CatchingUp.Lane) && catchingUp.IsWanted(incident))
            {
                lanes[CatchingUp.Lane] = catchingUp.RunAsync(id, cancellationToken);
            }

            if (lanes.Count == 0)
            {
                if (!visit.TakeRing())
                {
                    return incident.Version;
                }

                continue;
            }

            await Task.WhenAny([visit.Rung, .. lanes.Values]);
            visit.TakeRing();
            foreach (var (lane, task) in lanes.Where(lane => lane.Value.IsCompleted).ToArray())
            {
                lanes.Remove(lane);
                await task;
            }
        }
    }

    private async Task RunLaneAsync(IncidentId id, string lane, Lease lease, CancellationToken cancellationToken)
    {
        EffectKey? last = null;
        var (tries, settled) = (0, false);
        while (true)
        {
            var incident = await streams.ReadAsync(id, cancellationToken);
            if (incident.Pending.FirstOrDefault(pending => IsOpen(pending) && pending.Effect.Lane == lane) is not { } next)
            {
                return;
            }

            if (next.Key != last)
            {
                (last, tries, settled) = (next.Key, 0, false);
            }
            else if (settled)
            {
                // It seemed settled and is promised still: whatever the reason, it is not tried in a hurry.
                await Pause.ForAsync(LookAgainAfter, time, cancellationToken);
            }

            var neverTried = tries == 0 && lease.SettledThrough is { } through && next.WantedBy > through;
            var wait = await attempt.TryAsync(incident, next, lookFirst: !neverTried, tries, cancellationToken);
            (tries, settled) = (tries + 1, wait is null);
            if (wait is { } pause)
            {
                await Pause.ForAsync(pause, time, cancellationToken);
            }
        }
    }

    private async Task PaintAsync(IncidentId id, CancellationToken cancellationToken)
    {
        while (await painting.PaintAsync(id, cancellationToken) is { } wait)
        {
            await Pause.ForAsync(wait, time, cancellationToken);
        }
    }

    private async Task RenewAsync(Lease lease, CancellationTokenSource held)
    {
        try
        {
            while (!held.IsCancellationRequested)
            {
                await Pause.ForAsync(RenewEvery, time, held.Token);
                if (!await leases.RenewAsync(lease, held.Token))
                {
                    held.Cancel();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over, or somebody else has the lease.
        }
        catch (StoreException problem)
        {
            report(lease.Incident, problem);
            held.Cancel();
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

    private static bool HasWork(Incident incident) => incident.Pending.Any(IsOpen);

    private static bool IsOpen(PendingEffect pending) => !pending.Held;

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
