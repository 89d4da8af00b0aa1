using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>Who people are, as their platform vouches for them, for an hour at a time.</summary>
public sealed class People(IDirectory directory, IEnumerable<IChatPlatform> platforms, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <summary>
    /// Asks the cache, then the platform for a short while. Null when nobody says in time; an account that the platform does not know
    /// comes back as <see cref="PersonKind.Unknown"/>.
    /// </summary>
    public async Task<Person?> ResolveAsync(PersonId id, CancellationToken cancellationToken)
    {
        if (await directory.FindPersonAsync(id, cancellationToken) is { } known)
        {
            return known;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var patience = new CancellationTokenSource(Patience, time);
        await using var _ = patience.Token.Register(limit.Cancel);
        try
        {
            if (platforms.FirstOrDefault(platform => platform.Name == id.Platform) is not { } platform)
            {
                return null;
            }

            if (await platform.LookUpAsync(id, limit.Token).WaitAsync(limit.Token) is not { } person)
            {
                return new Person(id, id.User, Email: null, PersonKind.Unknown);
            }

            await directory.PutPersonAsync(person, cancellationToken);
            return person;
        }
        catch (Exception problem) when (problem is ChatException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Nobody vouches for them just now: verbs that need it say so.
            return null;
        }
    }
}
