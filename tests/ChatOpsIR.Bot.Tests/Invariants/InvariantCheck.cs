using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>The one checker of every test tier: what must hold of a record and of what people see, whatever happened on the way.</summary>
internal static class InvariantCheck
{
    /// <summary>A sentence for each violation: which invariant, and who offends. Empty when all hold.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(Evidence evidence, CancellationToken cancellationToken)
    {
        try
        {
            return Broken(await WholeRecord.ReadAsync(evidence.Storage, cancellationToken), evidence);
        }
        catch (StoreException problem)
        {
            return [$"The record cannot be read: {problem.Message}"];
        }
    }

    /// <summary>The same of a record that was read already.</summary>
    public static IReadOnlyList<string> Broken(WholeRecord record, Evidence evidence) =>
    [
        .. record.Unreadable,
        .. ChainRules.Broken(record),
        .. NumberRules.Broken(record, evidence),
        .. MessageRules.Broken(record, evidence),
        .. AcknowledgementRules.Broken(record, evidence),
        .. RoomRules.Broken(record, evidence),
        .. EffectRules.Broken(record, evidence),
        .. ReminderRules.Broken(record, evidence),
        .. SurfaceRules.Broken(record, evidence),
        .. RoleRules.Broken(record, evidence),
        .. DirectoryRules.Broken(record, evidence),
    ];
}
