using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Export;

/// <summary>A stream's entries just as they are stored, for exporting and verifying.</summary>
public interface IRawEntries
{
    /// <summary>Entries after a version, oldest first. May give fewer than asked for; none only at the end of the stream.</summary>
    Task<IReadOnlyList<RawEntry>> ReadRawAsync(StreamId stream, long after, int most, CancellationToken cancellationToken);
}
