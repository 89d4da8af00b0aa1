using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>
/// Carries out the effects of one destination, one after the other in the order of intent. Whatever goes wrong is told and tried again:
/// a lane that breaks would take the others with it.
/// </summary>
internal sealed class EffectLane(IncidentStreams streams, EffectAttempt attempt, TimeProvider time, Action<IncidentId, Exception> report)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>Done when nothing in the lane can be tried.</summary>
    /// <exception cref="OperationCanceledException">The lease was lost, or the bot stops.</exception>
    public async Task RunAsync(IncidentId id, string lane, Lease lease, CancellationToken cancellationToken)
    {
        // Of each effect: a human who releases one puts it in front of another that was tried already.
        var (tries, made) = (Tries.None, new Dictionary<EffectKey, Tries>());
        while (true)
        {
            Tried tried;
            try
            {
                var incident = await streams.ReadAsync(id, cancellationToken);
                if (incident.Ready.FirstOrDefault(pending => pending.Effect.Lane == lane) is not { } next)
                {
                    return;
                }

                tries = made.GetValueOrDefault(next.Key, Tries.None).Of(next);
                if (tries.SeemedSettled)
                {
                    // It seemed settled and is promised still: whatever the reason, it is not tried in a hurry.
                    await Pause.ForAsync(LookAgainAfter, time, cancellationToken);
                }

                tried = await attempt.TryAsync(incident, next, LookBefore(next, tries, lease), tries, cancellationToken);
            }
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
            {
                tried = new Tried(EffectAttempt.WaitAfter(tries), problem);
            }

            if (tried.Problem is { } failure)
            {
                report(id, failure);
            }

            tries = tries.After(tried, time.GetTimestamp());
            if (tries.Effect is { } effect)
            {
                made[effect] = tries;
            }

            if (tried.Wait is { } wait)
            {
                await Pause.ForAsync(wait, time, cancellationToken);
            }
        }
    }

    private static LookFirst LookBefore(PendingEffect next, Tries tries, Lease lease)
    {
        var isNew = tries.Made == 0 && lease.SettledThrough is { } settled && next.WantedBy > settled;
        return !isNew ? LookFirst.Yes : next.IsReleased ? LookFirst.WherePossible : LookFirst.No;
    }
}
