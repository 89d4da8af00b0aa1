using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Incidents.Verbs;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>
/// Declares an incident across two streams: first its number, then its row in the directory, then entry 1 of its own stream. A repeat
/// finds the number and goes on from there; whoever writes entry 1 wins.
/// </summary>
public sealed class Declaring(IncidentStreams streams, IDirectory directory, Policy policy, IKeyedHash hash, IRandomness randomness)
{
    private const string Code = "declare";

    public async Task<(IncidentId Id, Settled<Incident> Settled)> DeclareAsync(
        Declare words, string title, Stamp stamp, CancellationToken cancellationToken)
    {
        var numbering = stamp;
        int? givenUp = null;
        while (true)
        {
            var id = await NumberAsync(title, words.Said.Private, numbering, givenUp, cancellationToken);
            var settled = await BeginAsync(id, words, title, stamp, cancellationToken);
            if (settled.State.Status is not Status.Voided)
            {
                return (id, settled);
            }

            // The number was given up before its incident began. Who still wants one gets the next, under a cause of its own.
            givenUp = id.Number;
            numbering = stamp with { CauseKey = $"{stamp.CauseKey}:after:{id}" };
        }
    }

    private async Task<Settled<Incident>> BeginAsync(IncidentId id, Declare words, string title, Stamp stamp, CancellationToken cancellationToken)
    {
        await directory.TouchActiveAsync(id, cancellationToken);
        var said = words.Said;
        var roomName = said.Private ? RoomNames.CodeName(randomness) : RoomNames.Of(id, title);
        var command = new DeclareIncident(title, said.Severity ?? policy.DefaultSeverity, said.Private, said.Who, roomName, policy.Name, said.People) { MadeFrom = said.MadeFrom };
        return await streams.Of(id).SettleAsync(new Order<Incident>(stamp, Code, command.Decide), cancellationToken);
    }

    private async Task<IncidentId> NumberAsync(
        string title, bool isPrivate, Stamp stamp, int? givenUp, CancellationToken cancellationToken)
    {
        var by = stamp.Actor ?? Actor.System;

        // The same words said again in private are not the same: the first are public.
        var words = isPrivate ? hash.Of(title.ToUpperInvariant(), "private") : hash.Of(title.ToUpperInvariant());
        int? found = null;
        var settled = await streams.Numbers.SettleAsync(
            new Order<NumberBook>(stamp, Code, book =>
            {
                found = book.Find(by, words, stamp.OccurredAt);
                found = found == givenUp ? null : found;
                return found is null ? book.Number(words) : Decision.Nothing;
            }),
            cancellationToken);

        var entries = settled.Repeated is { } cause ? await streams.Numbers.EntriesOfAsync(cause, cancellationToken) : settled.Entries;
        return entries is [{ Fact: IncidentNumbered numbered }, ..]
            ? new IncidentId(numbered.Number)
            : new IncidentId(found ?? throw new StoreException("The numbers' stream gave no number."));
    }
}
