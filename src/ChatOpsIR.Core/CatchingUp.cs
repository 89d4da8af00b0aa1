using System.Globalization;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>
/// Reads a war room's history into the record: after the room was opened, at start for every open incident, and whenever something
/// may have been missed. What is wanted is kept in memory only: whoever loses it has started anew and reads everything again.
/// </summary>
public sealed class CatchingUp(IncidentStreams streams, IStreamStore store, IEnumerable<IChatPlatform> platforms, Bell bell, TimeProvider time)
{
    /// <summary>The lane in which history is read.</summary>
    public const string Lane = "history";

    private const int PageSize = 500;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly HashSet<IncidentId> read = [];
    private readonly HashSet<IncidentId> wanted = [];
    private readonly Dictionary<RoomId, HistoryReading> readings = [];
    private readonly Vanished vanished = new(streams, time);
    private DateTimeOffset missedFrom = time.GetUtcNow();
    private int alarms;

    /// <summary>Something may have been missed in an incident's room.</summary>
    public void Want(IncidentId incident)
    {
        lock (gate)
        {
            wanted.Add(incident);
        }

        bell.Ring(incident);
    }

    /// <summary>Something may have been missed in every room since a moment. The reconciler wakes whoever reads.</summary>
    public void WantAll(DateTimeOffset since)
    {
        lock (gate)
        {
            read.Clear();
            missedFrom = since;
            alarms++;
        }
    }

    /// <summary>Whether the incident's room has to be read. A room that is not registered yet is read by the effect that does so.</summary>
    public bool IsWanted(Incident incident)
    {
        lock (gate)
        {
            return incident.Room is not null && incident.Pending.All(pending => pending.Effect is not Reactions.RegisterRoom) &&
                (wanted.Contains(incident.Id) || (incident.Status is Status.Open or Status.Resolved && !read.Contains(incident.Id)));
        }
    }

    /// <summary>Reads until the platform has told everything, however often it asks to wait.</summary>
    public async Task RunAsync(IncidentId id, CancellationToken cancellationToken)
    {
        var incident = await streams.ReadAsync(id, cancellationToken);
        var room = incident.Room!.Id;
        while (true)
        {
            try
            {
                await ReadAsync(id, room, cancellationToken);
                return;
            }
            catch (ChatRateLimitedException limited)
            {
                await Pause.ForAsync(limited.RetryAfter, time, cancellationToken);
            }
            catch (ChatOutcomeUnknownException)
            {
                await Pause.ForAsync(AskAgainAfter, time, cancellationToken);
            }
            catch (ChatRefusedException refused)
            {
                await RecordGapAsync(incident, room, refused, cancellationToken);
                Finish(id, room);
                return;
            }
        }
    }

    /// <summary>Reads a room's history. Where it breaks off, the next call goes on.</summary>
    public async Task ReadAsync(IncidentId incident, RoomId room, CancellationToken cancellationToken)
    {
        var reading = Begin(incident, room);
        var platform = platforms.FirstOrDefault(platform => platform.Name == room.Platform)
            ?? throw new ChatRefusedException("no_platform", $"This bot is not connected to {room.Platform}.");
        if (reading.IsNew)
        {
            await BeginAsync(incident, reading, cancellationToken);
        }

        var isWhole = false;
        while (!isWhole)
        {
            try
            {
                var page = await platform.ReadHistoryAsync(room, reading.Cursor, cancellationToken);
                await RecordAsync(incident, page, reading.Recorded, cancellationToken);
                reading.Take(page);
                isWhole = reading.Cursor is null;
            }
            catch (ChatRefusedException) when (reading.Cursor is not null && reading.MayBeginAgain)
            {
                // The platform forgets where we were: begin again. What is recorded already stays so.
                await BeginAsync(incident, reading, cancellationToken);
            }
        }

        await vanished.RecordAsync(incident, reading, cancellationToken);
        Finish(incident, room);
    }

    private async Task BeginAsync(IncidentId incident, HistoryReading reading, CancellationToken cancellationToken) =>
        reading.Begin((await streams.ReadAsync(incident, cancellationToken)).Version, time.GetUtcNow());

    // Every thread is read again, the quiet ones too: an edit or a reaction in one does not show outside it.
    private HistoryReading Begin(IncidentId incident, RoomId room)
    {
        lock (gate)
        {
            if (!readings.TryGetValue(room, out var reading))
            {
                wanted.Remove(incident);
                reading = new HistoryReading(alarms, new RoomAsRecorded(store, incident.Stream, room));
                readings.Add(room, reading);
            }

            return reading;
        }
    }

    private async Task RecordAsync(IncidentId incident, HistoryPage page, RoomAsRecorded recorded, CancellationToken cancellationToken)
    {
        Settled<Incident>? written = null;
        foreach (var message in page.Messages)
        {
            switch (message.Record.Kind)
            {
                case ChatKind.ReactionAdded:
                    await RecordReactionAsync(incident, message, recorded, cancellationToken);
                    break;
                case ChatKind.MessageEdited:
                    await RecordEditAsync(incident, message, written, cancellationToken);
                    break;
                default:
                    written = await streams.RecordAsync(incident, message, cancellationToken);
                    break;
            }
        }
    }

    // History shows a message in its last words. One that was just recorded has them; one that was heard before had others. What words one
    // had that was redacted since, nobody can say.
    private async Task RecordEditAsync(IncidentId incident, RecordedMessage edit, Settled<Incident>? written, CancellationToken cancellationToken)
    {
        if (written?.Repeated is not { } cause ||
            await streams.Of(incident).EntriesOfAsync(cause, cancellationToken) is not [{ Fact: ChatRecord before, Stamp.Source: var source, Redacted: var isRedacted }, ..] ||
            (source is Source.Backfill && (isRedacted || before.Text == edit.Record.Text)))
        {
            return;
        }

        await streams.RecordAsync(incident, edit with { Record = edit.Record with { PreviousText = before.Text } }, cancellationToken);
    }

    // History does not say when a reaction was given. It is news only where the record, as of this very entry, does not have it.
    private async Task RecordReactionAsync(IncidentId incident, RecordedMessage reaction, RoomAsRecorded recorded, CancellationToken cancellationToken)
    {
        while (true)
        {
            await recorded.ReadOnAsync(cancellationToken);
            if (recorded.Has(reaction))
            {
                return;
            }

            var through = recorded.Through;
            var key = string.Create(CultureInfo.InvariantCulture, $"{reaction.Stamp.CauseKey}:{recorded.LastRemovalOf(reaction)}");
            var order = new Order<Incident>(reaction.Stamp with { CauseKey = key }, "chat", now =>
                now.Version == through ? Decision.Accept(reaction.Record) : Decision.Refuse(Vanished.RecordHasGrown));
            if ((await streams.Of(incident).SettleAsync(order, cancellationToken)).Refused is null)
            {
                return;
            }
        }
    }

    private async Task RecordGapAsync(Incident incident, RoomId room, ChatRefusedException refused, CancellationToken cancellationToken)
    {
        var from = await LastHeardAsync(incident.Id, cancellationToken) ?? incident.DeclaredAt;
        DateTimeOffset until;
        lock (gate)
        {
            until = missedFrom > from ? missedFrom : from;
        }

        var stamp = new Stamp(string.Create(CultureInfo.InvariantCulture, $"gap:{from:O}:{until:O}"), time.GetUtcNow(), Actor.System, Source.Backfill);
        var gap = new ChatRecord(ChatKind.Gap, room, "") { Text = $"What was said here may be missing: the room's history could not be read. {refused.Explanation} ({refused.Code})" };
        await streams.RecordAsync(incident.Id, new RecordedMessage(stamp, gap), cancellationToken);
    }

    // When the newest entry that the platform sent us happened, before what may have been missed.
    private async Task<DateTimeOffset?> LastHeardAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        DateTimeOffset before;
        lock (gate)
        {
            before = missedFrom;
        }

        for (var end = (await streams.ReadAsync(incident, cancellationToken)).Version; end > 0; end -= PageSize)
        {
            var slice = await store.ReadAsync(incident.Stream, Math.Max(0, end - PageSize), (int)Math.Min(PageSize, end), cancellationToken);
            if (slice.Entries.LastOrDefault(entry => entry is { Fact: ChatRecord, Stamp.Source: Source.Live } && entry.RecordedAt < before) is { } heard)
            {
                return heard.Stamp.OccurredAt;
            }
        }

        return null;
    }

    private void Finish(IncidentId incident, RoomId room)
    {
        lock (gate)
        {
            // Pages that were read before the latest alarm may lack what it is about.
            if (readings.Remove(room, out var reading) && reading.Alarms == alarms)
            {
                read.Add(incident);
            }
        }
    }
}
