using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>
/// Keeps the live surfaces (the card, the topic) showing what is so. Nothing is queued: what shall be shown is compared with the
/// fingerprint of what was shown last, so that ten changes in a second are one repaint.
/// </summary>
public sealed class Painting(IncidentStreams streams, IDirectory directory, IEnumerable<IChatPlatform> platforms, Policy policy)
{
    /// <summary>The lane in which surfaces are painted.</summary>
    public const string Lane = "paint";

    // Whoever is interrupted does not know what is shown now: this is nothing's fingerprint, so it is painted again.
    private const string InDoubt = "";

    private static readonly TimeSpan UnknownWait = TimeSpan.FromSeconds(10);

    /// <summary>Whether a surface shows something old.</summary>
    public async Task<bool> IsStaleAsync(Incident incident, CancellationToken cancellationToken)
    {
        foreach (var surface in Surfaces(incident))
        {
            if (await directory.ReadShownAsync(surface.Name, cancellationToken) != surface.Fingerprint)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Paints every surface that shows something old. One that the platform refuses to paint is told and left until it changes again;
    /// one that must wait keeps no other from being painted.
    /// </summary>
    public async Task<Tried> PaintAsync(IncidentId id, CancellationToken cancellationToken)
    {
        var incident = await streams.ReadAsync(id, cancellationToken);
        var (longest, problems) = ((TimeSpan?)null, new List<Exception>());
        foreach (var surface in Surfaces(incident))
        {
            var (wait, problem) = await PaintAsync(surface, cancellationToken);
            longest = (wait ?? TimeSpan.Zero) > (longest ?? TimeSpan.Zero) ? wait : longest;
            problems.AddRange(problem is null ? [] : [problem]);
        }

        return new Tried(longest, problems is [_, _, ..] ? new AggregateException(problems) : problems.FirstOrDefault());
    }

    private async Task<Tried> PaintAsync(Surface surface, CancellationToken cancellationToken)
    {
        try
        {
            if (await directory.ReadShownAsync(surface.Name, cancellationToken) is var shown && shown != surface.Fingerprint)
            {
                // Who dies in between leaves something else to be seen than the row says, which may be what is wanted again next.
                if (shown != InDoubt)
                {
                    await directory.PutShownAsync(surface.Name, InDoubt, cancellationToken);
                }

                var refused = await PaintUnlessRefusedAsync(surface, cancellationToken);

                // Ours may have come after that of whoever has the lease now.
                await directory.PutShownAsync(surface.Name, cancellationToken.IsCancellationRequested ? InDoubt : surface.Fingerprint, CancellationToken.None);
                return new Tried(null, refused);
            }

            return Tried.Settled;
        }
        catch (ChatRateLimitedException limited)
        {
            return new Tried(limited.RetryAfter);
        }
        catch (ChatOutcomeUnknownException) when (cancellationToken.IsCancellationRequested)
        {
            await directory.PutShownAsync(surface.Name, InDoubt, CancellationToken.None);
            throw;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            return new Tried(UnknownWait, problem);
        }
    }

    // Decoration: a deleted card or a forbidden topic stops nothing, and asking again would be refused again. It is told once for each change.
    private static async Task<ChatRefusedException?> PaintUnlessRefusedAsync(Surface surface, CancellationToken cancellationToken)
    {
        try
        {
            await surface.PaintAsync(cancellationToken);
            return null;
        }
        catch (ChatRefusedException refused)
        {
            return refused;
        }
    }

    /// <summary>Says that a card was just posted, so that it is not painted over at once.</summary>
    public Task ShownAsync(IncidentId incident, Card card, CancellationToken cancellationToken) =>
        directory.PutShownAsync(CardName(incident), PlainText.Fingerprint(card), cancellationToken);

    private IEnumerable<Surface> Surfaces(Incident incident)
    {
        if (platforms.FirstOrDefault(platform => platform.Name == incident.Platform) is not { } platform)
        {
            yield break;
        }

        if (incident.Card is { } posted)
        {
            var card = IncidentCards.Live(incident, policy);
            yield return new Surface(CardName(incident.Id), PlainText.Fingerprint(card), ct => platform.RepaintAsync(posted.Message, card, posted.Effect, ct));
        }

        if (incident.Room is { } room)
        {
            var topic = IncidentCards.Topic(incident, policy);
            yield return new Surface($"{incident.Id}|topic", PlainText.Fingerprint(topic), ct => platform.SetTopicAsync(room.Id, topic, ct));
        }
    }

    private static string CardName(IncidentId incident) => $"{incident}|card";

    private sealed record Surface(string Name, string Fingerprint, Func<CancellationToken, Task> PaintAsync);
}
