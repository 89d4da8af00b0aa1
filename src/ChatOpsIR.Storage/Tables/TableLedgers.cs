using System.Collections.Immutable;
using System.Text;
using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Tables;

/// <summary>
/// Delivery ledgers. One row says whom an effect is for, so that a single insert decides it; a person has a row of their own from the
/// moment that their delivery begins.
/// </summary>
internal sealed class TableLedgers(StoreTable table, string organisation)
{
    private const string People = "people";
    private const string State = "state";
    private const char Between = '\n';

    public async Task<ImmutableArray<LedgerRow>> ReadAsync(EffectKey effect, CancellationToken cancellationToken)
    {
        var rows = await table.ListAsync(
            StoreRows.Between(Partition(effect.Stream), Plan(effect), $"{Plan(effect)}~"), int.MaxValue, cancellationToken);
        var planned = rows.FirstOrDefault(row => row.RowKey == Plan(effect)) is { } plan ? PeopleOf(plan) : [];
        var begun = rows.Where(row => row.RowKey != Plan(effect)).Select(Read).ToDictionary(row => row.Person);
        return [.. planned.Except(begun.Keys).Select(person => new LedgerRow(person, DeliveryState.Planned)).Concat(begun.Values)
            .OrderBy(row => row.Person.ToString(), StringComparer.Ordinal)];
    }

    public async Task<ImmutableArray<LedgerRow>> OpenAsync(EffectKey effect, ImmutableArray<PersonId> people, CancellationToken cancellationToken)
    {
        var plan = new TableEntity(Partition(effect.Stream), Plan(effect));
        Chunks.Write(plan, People, Encoding.UTF8.GetBytes(string.Join(Between, people)));
        await table.TryInsertAsync(plan, cancellationToken);
        return await ReadAsync(effect, cancellationToken);
    }

    public async Task<bool> BeginAsync(EffectKey effect, PersonId person, CancellationToken cancellationToken) =>
        await table.TryInsertAsync(RowOf(effect, new LedgerRow(person, DeliveryState.Begun)), cancellationToken) is not null &&

        // The plan goes before the rows of people, or with them: while it is there, nobody's row was taken away before this.
        await table.FindAsync(Partition(effect.Stream), Plan(effect), cancellationToken) is not null;

    public async Task<LedgerRow> SettleAsync(EffectKey effect, LedgerRow delivery, CancellationToken cancellationToken)
    {
        var row = RowOf(effect, delivery);
        while (true)
        {
            if (await table.FindAsync(row.PartitionKey, row.RowKey, cancellationToken) is not { } there)
            {
                if (await table.TryInsertAsync(row, cancellationToken) is not null)
                {
                    return delivery;
                }
            }
            else if (Read(there) is { IsSettled: true } settled)
            {
                return settled;
            }
            else if (await table.TryReplaceAsync(row, there.ETag, cancellationToken) is not null)
            {
                return delivery;
            }
        }
    }

    public async Task RemoveAllAsync(StreamId stream, CancellationToken cancellationToken)
    {
        const int MostRows = 100;
        while (await table.ListAsync(StoreRows.All(Partition(stream)), MostRows, cancellationToken, "PartitionKey", "RowKey") is { Count: > 0 } rows)
        {
            await table.DeleteAllAsync(rows, cancellationToken);
        }
    }

    private static IEnumerable<PersonId> PeopleOf(TableEntity plan) =>
        Encoding.UTF8.GetString(Chunks.Read(plan, People) ?? []).Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(PersonOf);

    private static LedgerRow Read(TableEntity row) =>
        new(PersonOf(row.GetString("person")), StoredWords<DeliveryState>.Read(row.GetString(State)))
        {
            Message = row.GetString("message") is { } message ? new MessageId(new RoomId(row.GetString("platform"), row.GetString("room")), message) : null,
            Code = row.GetString("code"),
        };

    private static PersonId PersonOf(string text) =>
        PersonId.TryParse(text, out var person) ? person : throw new StoreException($"'{text}' in a delivery ledger is no person.");

    private static string Plan(EffectKey effect) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{effect.Version:D10}:{effect.Index:D4}");

    private TableEntity RowOf(EffectKey effect, LedgerRow delivery) => new(Partition(effect.Stream), $"{Plan(effect)}:{StoreRows.Name(delivery.Person.ToString())}")
    {
        ["person"] = delivery.Person.ToString(),
        [State] = StoredWords<DeliveryState>.Write(delivery.State),
        ["platform"] = delivery.Message?.Room.Platform,
        ["room"] = delivery.Message?.Room.Id,
        ["message"] = delivery.Message?.Id,
        ["code"] = delivery.Code,
    };

    private string Partition(StreamId stream) => StoreRows.Partition(organisation, $"ledger|{stream}");
}
