using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>The rows of delivery ledgers.</summary>
internal static class LedgerRows
{
    public static List<LedgerRow> Read(SqliteSession session, EffectKey effect) => session.Query(
        "SELECT person, state, platform, room, message, code FROM deliveries WHERE effect = $effect ORDER BY person",
        row => new LedgerRow(PersonOf(row.GetString(0)), StoredWords<DeliveryState>.Read(row.GetString(1)))
        {
            Message = row.TextOrNull(4) is { } message ? new MessageId(new RoomId(row.GetString(2), row.GetString(3)), message) : null,
            Code = row.TextOrNull(5),
        },
        ("$effect", effect.ToString()));

    public static List<LedgerRow> Open(SqliteSession session, EffectKey effect, IReadOnlyList<PersonId> people)
    {
        if (Read(session, effect) is { Count: > 0 } opened)
        {
            return opened;
        }

        foreach (var person in people)
        {
            Add(session, effect, new LedgerRow(person, DeliveryState.Planned));
        }

        return Read(session, effect);
    }

    public static bool Begin(SqliteSession session, EffectKey effect, PersonId person) =>
        session.Execute(
            "UPDATE deliveries SET state = 'begun' WHERE effect = $effect AND person = $person AND state = 'planned'",
            ("$effect", effect.ToString()),
            ("$person", person.ToString())) > 0;

    public static LedgerRow Settle(SqliteSession session, EffectKey effect, LedgerRow delivery)
    {
        if (Add(session, effect, delivery) is 0)
        {
            session.Execute(
                """
                UPDATE deliveries SET state = $state, platform = $platform, room = $room, message = $message, code = $code
                WHERE effect = $effect AND person = $person AND state IN ('planned', 'begun')
                """,
                ("$effect", effect.ToString()),
                ("$person", delivery.Person.ToString()),
                ("$state", StoredWords<DeliveryState>.Write(delivery.State)),
                ("$platform", delivery.Message?.Room.Platform),
                ("$room", delivery.Message?.Room.Id),
                ("$message", delivery.Message?.Id),
                ("$code", delivery.Code));
        }

        return Read(session, effect).First(row => row.Person == delivery.Person);
    }

    public static int RemoveAll(SqliteSession session, StreamId stream) =>
        session.Execute("DELETE FROM deliveries WHERE stream = $stream", ("$stream", stream.Value));

    // Gives how many rows it added: none when the person has one.
    private static int Add(SqliteSession session, EffectKey effect, LedgerRow delivery) => session.Execute(
        """
        INSERT OR IGNORE INTO deliveries (effect, person, stream, state, platform, room, message, code)
        VALUES ($effect, $person, $stream, $state, $platform, $room, $message, $code)
        """,
        ("$effect", effect.ToString()),
        ("$person", delivery.Person.ToString()),
        ("$stream", effect.Stream.Value),
        ("$state", StoredWords<DeliveryState>.Write(delivery.State)),
        ("$platform", delivery.Message?.Room.Platform),
        ("$room", delivery.Message?.Room.Id),
        ("$message", delivery.Message?.Id),
        ("$code", delivery.Code));

    private static PersonId PersonOf(string text) =>
        PersonId.TryParse(text, out var person) ? person : throw new StoreException($"'{text}' in a delivery ledger is no person.");
}
