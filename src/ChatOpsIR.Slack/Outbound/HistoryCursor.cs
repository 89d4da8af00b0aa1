using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Where a reading of a room's history stands: first the threads of the page before, then the next page.</summary>
/// <param name="Next">Slack's cursor of the next page; null for the first one or, when <paramref name="AtEnd"/>, for none.</param>
/// <param name="AtEnd">All pages are read.</param>
/// <param name="Threads">Parents whose replies are still to be read.</param>
/// <param name="Replies">Slack's cursor within the first of those threads.</param>
internal sealed record HistoryCursor(string? Next, bool AtEnd, ImmutableArray<string> Threads, string? Replies)
{
    public static readonly HistoryCursor Start = new(null, false, [], null);

    /// <summary>As opaque text; null when nothing is left to read.</summary>
    public string? Write() => AtEnd && Threads.IsEmpty ? null : Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this));

    public static HistoryCursor Read(string? text)
    {
        if (text is null)
        {
            return Start;
        }

        try
        {
            if (JsonSerializer.Deserialize<HistoryCursor>(Convert.FromBase64String(text)) is { Threads.IsDefault: false } place)
            {
                return place;
            }
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
        }

        throw new ChatRefusedException("invalid_cursor", "That is no place in a room's history: read it again from the start.");
    }
}
