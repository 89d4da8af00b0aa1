using System.Collections.Concurrent;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>
/// The rooms that were found in the directory, so that a busy room is not looked up for each of its messages. A room keeps its incident and
/// its first id for good. That a room belongs to none may change at any moment, and is asked each time.
/// </summary>
internal sealed class KnownRooms(IDirectory directory)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<RoomId, RegisteredRoom> found = [];

    /// <exception cref="StoreException">The store did not answer.</exception>
    public ValueTask<RegisteredRoom?> FindAsync(RoomId room, CancellationToken cancellationToken) =>
        found.TryGetValue(room, out var known) ? new ValueTask<RegisteredRoom?>(known) : new ValueTask<RegisteredRoom?>(LookUpAsync(room, cancellationToken));

    private async Task<RegisteredRoom?> LookUpAsync(RoomId room, CancellationToken cancellationToken)
    {
        if (await directory.FindRoomAsync(room, cancellationToken) is not { } registered)
        {
            return null;
        }

        if (found.Count >= Most)
        {
            found.Clear();
        }

        found[room] = registered;
        return registered;
    }
}
