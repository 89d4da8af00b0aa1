using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Export;

/// <summary>Verifies a stream where it is stored.</summary>
public static class StreamVerifier
{
    private const int Page = 500;

    public static async Task<Verdict> VerifyAsync(string organisation, StreamId stream, IRawEntries entries, CancellationToken cancellationToken)
    {
        var chain = new ChainVerifier(organisation, stream.Value);
        while (await entries.ReadRawAsync(stream, chain.Head.Version, Page, cancellationToken) is [_, ..] page)
        {
            foreach (var entry in page)
            {
                if (chain.Check(entry) is { } wrong)
                {
                    return new Verdict.Broken(chain.Next, wrong);
                }
            }
        }

        return chain.Finish();
    }
}
