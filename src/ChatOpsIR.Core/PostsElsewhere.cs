using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>
/// What the bot posts where nothing is recorded, in direct messages and in the announcements' channel. A promise is kept by one message;
/// a second one that carries it is taken back.
/// </summary>
public sealed class PostsElsewhere(IncidentStreams streams, TellingSubscribers tellingSubscribers)
{
    /// <summary>Records a message that is out.</summary>
    /// <exception cref="StoreException">The store did not answer.</exception>
    public async Task RecordAsync(IncidentId incident, EffectKey effect, MessageId posted, CancellationToken cancellationToken)
    {
        var done = await streams.SettleEffectAsync(incident, effect.Done, new EffectDone(effect, posted, null, null), cancellationToken);
        if (done.Repeated is not null && await streams.CarrierAsync(incident, effect, cancellationToken) is { } carrier && carrier != posted)
        {
            // A runner that slept through its lease posted the same: recorded, so that it is taken back.
            var twice = new EffectDone(effect, posted, "twice", "It was posted twice; the second message is taken back.");
            await streams.SettleEffectAsync(incident, $"{effect}:twice:{posted.Room}:{posted.Id}", twice, cancellationToken);
        }
    }

    /// <summary>
    /// The platform tells of a message of ours. As a rule it is recorded by whoever posted it; here it is made sure of, since that one may have
    /// died in between, and another may have kept the promise before the message arrived.
    /// </summary>
    /// <exception cref="StoreException">The store did not answer.</exception>
    public async Task HearAsync(EffectKey effect, MessageId posted, CancellationToken cancellationToken)
    {
        if (!IncidentId.TryParse(effect.Stream.Value, out var incident) || await PromisedAsync(incident, effect, cancellationToken) is not { } promised)
        {
            return;
        }

        switch (promised, effect.Recipient)
        {
            case (TellSubscribers, { } person):
                await tellingSubscribers.HearAsync(incident, effect with { Recipient = null }, person, posted, cancellationToken);
                break;
            case (Announce or SendDutyCard or TellPerson, null) when await streams.CarrierAsync(incident, effect, cancellationToken) != posted:
                await RecordAsync(incident, effect, posted, cancellationToken);
                break;
        }
    }

    // Null when nothing was: the mark is of a record that is not ours.
    private async Task<Effect?> PromisedAsync(IncidentId incident, EffectKey effect, CancellationToken cancellationToken) =>
        effect.Version <= 0 || effect.Version > (await streams.ReadAsync(incident, cancellationToken)).Version
            ? null
            : (await streams.EntryAsync(incident, effect.Version, cancellationToken)).Effects.ElementAtOrDefault(effect.Index);
}
