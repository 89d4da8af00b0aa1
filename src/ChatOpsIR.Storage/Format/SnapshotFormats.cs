using System.Collections.Frozen;
using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Storage.Format;

/// <summary>
/// The format numbers of snapshots. A state whose meaning or shape changes gets the next number here, and the old snapshots are passed
/// over: the state is then folded from its entries.
/// </summary>
internal static class SnapshotFormats
{
    private const int First = 1;

    private static readonly FrozenDictionary<string, int> Later = new Dictionary<string, int>
    {
        // 2: the latest notes and decisions, the impact, whom a handover is from.
        // 3: the other ids of the war room and whether it is shut, which messages have no text left, which entries say so, and which entry each text is from.
        [nameof(Incident)] = 3,
    }.ToFrozenDictionary();

    public static int Of(Type state) => Later.GetValueOrDefault(state.Name, First);
}
