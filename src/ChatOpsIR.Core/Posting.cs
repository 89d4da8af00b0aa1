using System.Collections.Immutable;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>Posts for a runner that may find, when the answer comes, that its lease went to somebody else.</summary>
internal static class Posting
{
    // Half an hour and more. Nothing else of the incident could be done meanwhile: all of it needs the store.
    private const int MostTries = 900;
    private static readonly TimeSpan RecordAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Posts, and gives what must be recorded: one message. Where nobody answered and the lease is lost meanwhile, whoever has it now may
    /// have looked before our message arrived, and nobody would look for it again: then it is all messages that carry the key, if any do.
    /// </summary>
    /// <exception cref="ChatException">Nothing was posted as far as anybody can tell.</exception>
    public static async Task<ImmutableArray<PostedMessage>> PostOrFindAsync(this IChatPlatform platform, Post post, bool lookFirst, CancellationToken cancellationToken)
    {
        try
        {
            return [await platform.PostAsync(post, lookFirst, cancellationToken)];
        }
        catch (ChatOutcomeUnknownException) when (cancellationToken.IsCancellationRequested)
        {
            var found = await platform.FindPostsAsync(post, CancellationToken.None);
            if (found.IsEmpty)
            {
                throw;
            }

            return found;
        }
    }

    /// <summary>
    /// Records a message that is out. While the lease lasts, whoever tries again looks for it. Afterwards nobody may ever look for it again,
    /// so a store that fails is asked until it has it.
    /// </summary>
    /// <exception cref="StoreException">The store failed all along.</exception>
    public static async Task RecordAsync(Func<Task> record, TimeProvider time, CancellationToken lease)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await record();
                return;
            }
            catch (StoreException) when (lease.IsCancellationRequested && tries < MostTries)
            {
                await Pause.ForAsync(RecordAgainAfter, time, CancellationToken.None);
            }
        }
    }
}
