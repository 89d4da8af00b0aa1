using System.Text;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Export;

/// <summary>Checks entries one by one, in their order, against what came before. It holds on to redacted ones only.</summary>
internal sealed class ChainVerifier(string organisation, string stream)
{
    /// <summary>Redacted so far, and named by no <c>redacted</c> entry yet.</summary>
    private readonly SortedDictionary<long, ReadOnlyMemory<byte>> _unexplained = [];

    public Head Head { get; private set; } = Head.Empty;

    /// <summary>The version that has to come next.</summary>
    public long Next => Head.Version + 1;

    /// <summary>What is wrong with an entry, or null.</summary>
    public string? Check(RawEntry entry)
    {
        var wrong = WrongPlace(entry) ?? WrongContent(entry) ?? WrongHash(entry);
        if (wrong is not null)
        {
            return wrong;
        }

        if (entry.Content is null)
        {
            _unexplained.Add(entry.Version, entry.Commitment);
        }

        foreach (var (version, commitment) in RedactedNames.Of(entry))
        {
            if (_unexplained.TryGetValue(version, out var gone) && gone.Span.SequenceEqual(commitment))
            {
                _unexplained.Remove(version);
            }
        }

        Head = new Head(entry.Version, [.. entry.Hash.Span]);
        return null;
    }

    /// <summary>The verdict when there are no more entries.</summary>
    public Verdict Finish() => _unexplained.Count == 0
        ? new Verdict.Intact(Head.Version, Head, organisation, stream)
        : new Verdict.Broken(_unexplained.Keys.First(), "Its content is gone, and no later entry says that it was redacted.");

    private string? WrongPlace(RawEntry entry)
    {
        if (entry.Version != Next)
        {
            return $"Version {entry.Version} stands where version {Next} has to be.";
        }

        return entry.PreviousHash.Span.SequenceEqual(Head.Hash.AsSpan())
            ? null
            : "It does not follow from the entry before it: the previous hash differs.";
    }

    private static string? WrongContent(RawEntry entry)
    {
        if (entry.Content is null != entry.Salt is null)
        {
            return "Of content and salt one is gone and the other is not.";
        }

        if (entry.Content is { } content && entry.Salt is { } salt)
        {
            return EntryHash.Commit(salt.Span, content.Span).AsSpan().SequenceEqual(entry.Commitment.Span)
                ? null
                : "Its content is not what was recorded.";
        }

        return entry.Kind == RedactedNames.Kind ? "The record of a redaction cannot be redacted itself." : null;
    }

    private string? WrongHash(RawEntry entry)
    {
        try
        {
            return EntryHash.Of(organisation, stream, entry).AsSpan().SequenceEqual(entry.Hash.Span) ? null : "It was changed: its hash differs.";
        }
        catch (EncoderFallbackException)
        {
            return "It holds text that no entry can hold.";
        }
    }
}
