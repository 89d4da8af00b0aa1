using System.Collections.Concurrent;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>Who people are, as their platform vouches for them, for an hour at a time.</summary>
public sealed class People(IDirectory directory, IEnumerable<IChatPlatform> platforms, TimeProvider time)
{
    private const int MostUnknown = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    // Anybody can write an id that nobody has, and asking about it again costs a call each time. A new account is known soon enough.
    private static readonly TimeSpan UnknownFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<PersonId, DateTimeOffset> unknown = [];

    /// <summary>
    /// Asks the cache, then the platform for a short while. Null when nobody says in time; an account that the platform does not know
    /// comes back as <see cref="PersonKind.Unknown"/>.
    /// </summary>
    public async Task<Person?> ResolveAsync(PersonId id, CancellationToken cancellationToken) =>
        await RecallAsync(id, cancellationToken) ?? await AskAsync(id, cancellationToken);

    /// <summary>What was said about somebody not long ago; null when nothing was. The platform is not asked.</summary>
    public async Task<Person?> RecallAsync(PersonId id, CancellationToken cancellationToken) =>
        unknown.TryGetValue(id, out var until) && time.GetUtcNow() < until ? Nobody(id) : await directory.FindPersonAsync(id, cancellationToken);

    /// <summary>Asks the platform for a short while, as <see cref="ResolveAsync"/> does after the cache.</summary>
    public async Task<Person?> AskAsync(PersonId id, CancellationToken cancellationToken)
    {
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
                RememberUnknown(id);
                return Nobody(id);
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

    private static Person Nobody(PersonId id) => new(id, id.User, Email: null, PersonKind.Unknown);

    private void RememberUnknown(PersonId id)
    {
        if (unknown.Count >= MostUnknown)
        {
            unknown.Clear();
        }

        unknown[id] = time.GetUtcNow() + UnknownFor;
    }
}
