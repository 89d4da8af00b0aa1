using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>Goes through everything that may have something to do and sets it going again. Run at start and every half minute.</summary>
public sealed class Reconciling(IncidentStreams streams, IDirectory directory, Reminding reminding, Redacting redacting, Policy policy, Bell bell, TimeProvider time)
{
    /// <summary>How long a number may be without entry 1 before it is given up.</summary>
    public static readonly TimeSpan VoidAfter = TimeSpan.FromMinutes(10);

    /// <summary>How long a row stays after somebody touched it: who does is about to append what makes it needed.</summary>
    public static readonly TimeSpan KeptAfterTouch = TimeSpan.FromMinutes(5);

    /// <summary>How often the row of what is due is written again although nothing has changed: it may have been lost.</summary>
    private static readonly TimeSpan ReckonEvery = TimeSpan.FromHours(1);

    private readonly Dictionary<IncidentId, (DateTimeOffset Bucket, DateTimeOffset At)> reckoned = [];
    private readonly LostRows lost = new(streams, directory);

    /// <summary>Goes through everything. What fails keeps nothing else from being set going.</summary>
    /// <exception cref="RoundIncompleteException">Something failed, and the rest was gone through; the next round tries it again.</exception>
    /// <exception cref="StoreException">Nothing could be gone through.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var rows = await directory.ListActiveAsync(cancellationToken);
        var failed = new List<Exception>();
        foreach (var row in rows)
        {
            await TryAsync(row.Incident.ToString(), () => ReconcileAsync(row, failed, cancellationToken), failed, cancellationToken);
        }

        await TryAsync("The look for lost rows", () => lost.FindAsync(rows, cancellationToken), failed, cancellationToken);
        await TryAsync("Reminding", () => reminding.FireDueAsync(cancellationToken), failed, cancellationToken);
        if (failed is [var first, ..])
        {
            throw new RoundIncompleteException(string.Join(' ', failed.Select(problem => problem.Message)), first);
        }
    }

    // False when it failed.
    private static async Task<bool> TryAsync(string what, Func<Task> work, List<Exception> failed, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            failed.Add(new StoreException($"{what} failed: {problem.Message}", problem));
            return false;
        }
    }

    private async Task ReconcileAsync(ActiveRow row, List<Exception> failed, CancellationToken cancellationToken)
    {
        var incident = await streams.ReadAsync(row.Incident, cancellationToken);
        var isSwept = await TryAsync($"Sweeping {row.Incident}", () => redacting.SweepAsync(incident, cancellationToken), failed, cancellationToken);
        if (incident.Status is null)
        {
            await VoidAsync(row, cancellationToken);
        }
        else if (Due.Next(incident, policy) is { } next)
        {
            await ReckonAsync(incident.Id, DueRow.BucketOf(next), cancellationToken);
            bell.Ring(incident.Id);
        }
        else if (incident.Status is Status.Voided)
        {
            await TellNumbersAsync(row.Incident, cancellationToken);
            await directory.RemoveActiveAsync(row, cancellationToken);
        }
        else if (isSwept && incident.Pending.IsEmpty && incident.Status is Status.Closed)
        {
            // Were it taken away between the touch and the append of a reopening, nobody would find what that promises.
            if (time.GetUtcNow() - row.TouchedAt < KeptAfterTouch)
            {
                return;
            }

            await directory.RemoveLedgersAsync(row.Incident, cancellationToken);
            await directory.RemoveActiveAsync(row, cancellationToken);
            reckoned.Remove(row.Incident);
        }
        else
        {
            bell.Ring(incident.Id);
        }
    }

    // The row was written before whatever made it due was appended. Once its time has come, it is written whatever was done before: had it
    // been there, it would have been told.
    private async Task ReckonAsync(IncidentId incident, DateTimeOffset bucket, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (bucket > now && reckoned.TryGetValue(incident, out var last) && last.Bucket == bucket && now - last.At < ReckonEvery)
        {
            return;
        }

        await directory.PutDueAsync(new DueRow(bucket, incident), cancellationToken);
        reckoned[incident] = (bucket, now);
    }

    private async Task VoidAsync(ActiveRow row, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - row.TouchedAt < VoidAfter)
        {
            return;
        }

        var settled = await streams.Of(row.Incident).SettleAsync(
            new Order<Incident>(StampOf(row.Incident), "void", state => state.Status is null ? Decision.Accept(new IncidentVoided()) : Decision.Nothing), cancellationToken);
        if (settled.State.Status is Status.Voided)
        {
            await TellNumbersAsync(row.Incident, cancellationToken);
        }
    }

    // Said again by whoever finds the row of a voided number: the first may not have got so far.
    private Task<Settled<NumberBook>> TellNumbersAsync(IncidentId incident, CancellationToken cancellationToken) => streams.Numbers.SettleAsync(
        new Order<NumberBook>(StampOf(incident), "void", _ => Decision.Accept(new NumberVoided(incident.Number))), cancellationToken);

    private Stamp StampOf(IncidentId incident) => new($"void:{incident}", time.GetUtcNow(), Actor.System, Source.Self);
}

/// <summary>Some of a round failed, and the rest of it was done.</summary>
public sealed class RoundIncompleteException : Exception
{
    public RoundIncompleteException()
    {
    }

    public RoundIncompleteException(string message)
        : base(message)
    {
    }

    public RoundIncompleteException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
