using System.Collections.Immutable;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Core;

/// <summary>Posts for a runner that may find, when the answer comes, that its lease went to somebody else.</summary>
internal static class Posting
{
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
}
