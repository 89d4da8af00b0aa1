namespace ChatOpsIR.Slack.Inbound;

/// <summary>
/// The last few causes that were answered, so that one message which comes under two events is answered once. Forgetting one
/// costs a second whisper and nothing else: what was done is decided by the record.
/// </summary>
internal sealed class RecentKeys
{
    private const int Most = 512;

    private readonly Lock gate = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly Queue<string> oldestFirst = new();

    public bool TryAdd(string key)
    {
        lock (gate)
        {
            if (!known.Add(key))
            {
                return false;
            }

            oldestFirst.Enqueue(key);
            if (oldestFirst.Count > Most)
            {
                known.Remove(oldestFirst.Dequeue());
            }

            return true;
        }
    }
}
