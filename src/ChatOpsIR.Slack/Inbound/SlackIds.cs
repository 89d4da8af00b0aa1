using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>
/// How long an id may be. Ids go into the part of an entry that is never cut and has 60 KiB: what is far longer than any that Slack
/// gives out is none, and what holds it is kept as it came.
/// </summary>
internal static class SlackIds
{
    private const int Longest = 255;

    /// <summary>A key holds several of them.</summary>
    private const int LongestKey = 1_024;

    // Each letter may take six bytes.
    private const int MostOfFiles = 8_000;

    /// <summary>Whether this may be one; nothing may be, where it may be left out.</summary>
    public static bool MayBe(string? id) => id is null or { Length: <= Longest };

    public static bool AreIn(RecordedMessage message)
    {
        var (stamp, record) = message;
        string?[] ids = [stamp.Actor?.Value, record.MessageId, record.ThreadId, record.Author?.Value, record.Reaction, record.NewRoom?.Id];
        return ids.All(MayBe) && stamp.CauseKey is null or { Length: <= LongestKey } && record.FileIds.Sum(file => file.Length) <= MostOfFiles;
    }
}
