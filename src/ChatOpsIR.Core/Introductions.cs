using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>
/// The people of one page or one export, who are called by their names. Whoever writes in a war room can mention as many ids as they
/// like, and each that is not known costs a call under the platform's limit: only so many are asked about, and those who act and speak
/// do not stand behind those who are only mentioned. The rest keep their ids.
/// </summary>
public sealed class Introductions(People people)
{
    /// <summary>Whoever acts or speaks has an account.</summary>
    public const int MostSpeakers = 200;

    public const int MostMentioned = 50;

    /// <summary>What readers are told where somebody was left out.</summary>
    public const string Shortcoming = "Some people are shown by their id in chat: so many are named here that not all could be looked up.";

    /// <summary>So many without an answer, and the platform answers nobody just now.</summary>
    public const int MostUnanswered = 5;

    // Looking into the cache costs a read for each.
    private const int MostUnrecalled = 2_000;
    private const int AtOnce = 50;

    private int speakers;
    private int mentioned;
    private int unrecalled;
    private int unanswered;

    /// <summary>Somebody was not looked up, or not found out about in time, and is shown by an id.</summary>
    public bool LeftOut { get; private set; }

    /// <summary>Those who act or speak.</summary>
    public Task<IReadOnlyDictionary<PersonId, Person?>> MeetSpeakersAsync(IEnumerable<PersonId> ids, CancellationToken cancellationToken) =>
        MeetAsync(ids, () => ++speakers <= MostSpeakers, cancellationToken);

    /// <summary>Those who are named by others.</summary>
    /// <returns>Whoever was looked up, null where nobody said in time; the others are missing.</returns>
    public Task<IReadOnlyDictionary<PersonId, Person?>> MeetMentionedAsync(IEnumerable<PersonId> ids, CancellationToken cancellationToken) =>
        MeetAsync(ids, () => ++mentioned <= MostMentioned, cancellationToken);

    private async Task<IReadOnlyDictionary<PersonId, Person?>> MeetAsync(IEnumerable<PersonId> ids, Func<bool> mayAsk, CancellationToken cancellationToken)
    {
        var met = new Dictionary<PersonId, Person?>();
        foreach (var some in ids.Distinct().Chunk(AtOnce))
        {
            if (unrecalled >= MostUnrecalled)
            {
                LeftOut = true;
                break;
            }

            var strangers = new List<PersonId>();
            foreach (var (id, known) in some.Zip(await Task.WhenAll(some.Select(id => people.RecallAsync(id, cancellationToken)))))
            {
                if (known is not null)
                {
                    met[id] = known;
                }
                else
                {
                    strangers.Add(id);
                }
            }

            unrecalled += strangers.Count;
            var asked = unanswered < MostUnanswered ? strangers.TakeWhile(_ => mayAsk()).ToArray() : [];
            foreach (var (id, told) in asked.Zip(await Task.WhenAll(asked.Select(id => people.AskAsync(id, cancellationToken)))))
            {
                met[id] = told;
                unanswered += told is null ? 1 : 0;
                LeftOut |= told is null;
            }

            LeftOut |= asked.Length < strangers.Count;
        }

        return met;
    }
}
