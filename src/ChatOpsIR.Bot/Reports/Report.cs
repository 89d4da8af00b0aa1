using System.Runtime.CompilerServices;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Reports;

/// <summary>An incident's record for people to read: what each entry says, in the record's order, up to the head it was asked at.</summary>
internal sealed class Report(Incident incident, string headHash, IStreamStore store, ReportNames names, IChatPlatform? platform, Policy policy)
{
    private const int Page = 500;

    private readonly Dictionary<EffectKey, Effect> promised = [];

    public Incident Incident { get; } = incident;

    /// <summary>The hash of the newest entry in it, in lower-case hex.</summary>
    public string HeadHash { get; } = headHash;

    public string Severity => SeverityWords.Title(Incident.Severity);

    public string Status => Incident.Status?.ToString().ToLowerInvariant() ?? "";

    /// <summary>A sentence about names that are missing from what was read so far; null where none is.</summary>
    public string? Shortcoming => names.LeftOut ? Introductions.Shortcoming : null;

    public string FileName(string ending) => $"{Incident.Id.ToString().ToLowerInvariant()}.{ending}";

    public Task<string> DeclaredByAsync(CancellationToken cancellationToken) => names.OfAsync(Incident.DeclaredBy, cancellationToken);

    /// <summary>Each role with those who hold it.</summary>
    public async IAsyncEnumerable<(string Role, string Holders)> RolesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var role in policy.Roles.Where(role => !Incident.HoldersOf(role.Id).IsEmpty))
        {
            var holders = new List<string>();
            foreach (var holder in Incident.HoldersOf(role.Id))
            {
                holders.Add(await names.InFullAsync(holder, cancellationToken));
            }

            yield return (role.Title, string.Join(", ", holders));
        }
    }

    public async IAsyncEnumerable<ReportLine> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var read = 0L; read < Incident.Version;)
        {
            var slice = await store.ReadAsync(Incident.Id.Stream, read, (int)Math.Min(Page, Incident.Version - read), cancellationToken);
            foreach (var entry in slice.Entries)
            {
                yield return await LineAsync(entry, cancellationToken);
            }

            read = slice.Entries is [.., var last] ? last.Version : throw new StoreException($"The record of {Incident.Id} ends at {read}, before its head.");
        }
    }

    private async Task<ReportLine> LineAsync(Entry entry, CancellationToken cancellationToken)
    {
        foreach (var (effect, i) in entry.Effects.Select((effect, i) => (effect, i)))
        {
            promised[new EffectKey(Incident.Id.Stream, entry.Version, i)] = effect;
        }

        var said = FactSentence.Of(entry.Fact, entry.Stamp.Actor?.Person, policy, Read, promised.GetValueOrDefault);
        await names.LoadAsync(entry.Stamp.Actor?.Person, said.Spans.OfType<Mention>().Select(mention => mention.Person), cancellationToken);

        return new ReportLine(
            entry.Version,
            entry.Stamp.OccurredAt,
            entry.Fact is ChatRecord ? await names.OfAsync(entry.Stamp.Actor, cancellationToken) : null,
            new Words([.. said.Spans.Select(span => span is Mention mention ? new Strong(names.Of(mention.Person)) : span)]),
            entry.Redacted);
    }

    private Words Read(string text) => platform?.ReadText(text, Incident.Workspace) ?? Words.Of(text);
}

/// <param name="Who">Who said or did it, where the sentence does not name them.</param>
/// <param name="Redacted">Its text was removed for a reason that the record tells.</param>
internal sealed record ReportLine(long Version, DateTimeOffset At, string? Who, Words Said, bool Redacted);
