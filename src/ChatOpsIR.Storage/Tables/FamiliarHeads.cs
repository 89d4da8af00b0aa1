using System.Collections.Concurrent;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Tables;

/// <summary>
/// Where this process last saw each stream. An append upon such a head need not be compared with the store first: its hash came from there.
/// </summary>
internal sealed class FamiliarHeads
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<StreamId, Head> _heads = [];

    public void Saw(StreamId stream, Head head)
    {
        if (_heads.Count >= Most)
        {
            _heads.Clear();
        }

        _heads[stream] = head;
    }

    public bool Contains(StreamId stream, Head head) =>
        head.Version == 0 || (_heads.TryGetValue(stream, out var seen) && seen.Version == head.Version && seen.Hash.AsSpan().SequenceEqual(head.Hash.AsSpan()));
}
