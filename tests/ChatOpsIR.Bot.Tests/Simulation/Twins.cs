using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Parts of the bot with one fault each.</summary>
internal static class Twins
{
    private const int NoSuchIndex = 98;

    public static void PostsWithoutLooking(IServiceCollection services)
    {
        Deaf(services);
        Twin<IChatPlatform>.Plant(services, nameof(IChatPlatform.PostAsync), (good, given) => good.PostAsync((Post)given[0]!, lookFirst: false, (CancellationToken)given[2]!));
    }

    public static void OpensRoomsWithoutLooking(IServiceCollection services) => Twin<IChatPlatform>.Plant(
        services, nameof(IChatPlatform.OpenRoomAsync), (good, given) => good.OpenRoomAsync((RoomWanted)given[0]!, lookFirst: false, (CancellationToken)given[2]!));

    /// <summary>Takes every lease as if the last holder had given it back with nothing half tried.</summary>
    public static void TrustsItsPredecessor(IServiceCollection services)
    {
        Deaf(services);
        Twin<ILeases>.PlantAsync(services, nameof(ILeases.TryTakeAsync), async (good, given) =>
            await good.TryTakeAsync((IncidentId)given[0]!, (CancellationToken)given[1]!) is { } lease ? lease with { SettledThrough = 0 } : null);
    }

    public static void PostsUnderAnotherKey(IServiceCollection services) => Twin<IChatPlatform>.Plant(
        services, nameof(IChatPlatform.PostAsync), (good, given) =>
        {
            var post = (Post)given[0]!;
            return good.PostAsync(post with { Effect = post.Effect with { Index = NoSuchIndex } }, (bool)given[1]!, (CancellationToken)given[2]!);
        });

    public static void PaintsNoTopics(IServiceCollection services) => Twin<IChatPlatform>.Plant(
        services, nameof(IChatPlatform.SetTopicAsync), (_, _) => Task.CompletedTask);

    public static void PaintsNoCards(IServiceCollection services) => Twin<IChatPlatform>.Plant(
        services, nameof(IChatPlatform.RepaintAsync), (_, _) => Task.CompletedTask);

    /// <summary>Rooms of private incidents have code names.</summary>
    public static void AnnouncesWhatIsPrivate(IServiceCollection services) => Appending(services, draft =>
        draft.Fact is RoomOpened opened && !opened.Name.StartsWith("inc-", StringComparison.Ordinal)
            ? draft with { Effects = draft.Effects.Add(new Announce(opened.Room.Platform, opened.Workspace)) }
            : draft);

    /// <summary>Keeps what happened in a room under a cause that nothing repeats.</summary>
    public static void ForgetsCauses(IServiceCollection services)
    {
        var appended = 0;
        Appending(services, draft => draft.Fact is ChatRecord { Effect: null } ? Under(draft, $"{draft.Stamp.CauseKey}#{++appended}") : draft);
    }

    public static void BackfillsUnderOtherKeys(IServiceCollection services) => Twin<IChatPlatform>.PlantAsync(
        services, nameof(IChatPlatform.ReadHistoryAsync), async (good, given) =>
        {
            var page = await good.ReadHistoryAsync((RoomId)given[0]!, (string?)given[1], (CancellationToken)given[2]!);
            return page with { Messages = [.. page.Messages.Select(message => message with { Stamp = message.Stamp with { CauseKey = $"{message.Stamp.CauseKey}#" } })] };
        });

    public static void ReadsNoHistory(IServiceCollection services) => Twin<IChatPlatform>.Plant(
        services, nameof(IChatPlatform.ReadHistoryAsync), (_, _) => Task.FromResult(new HistoryPage([], null)));

    public static void OverlooksEdits(IServiceCollection services) => Overlooks(services, ChatKind.MessageEdited);

    public static void OverlooksReactions(IServiceCollection services) => Overlooks(services, ChatKind.ReactionAdded);

    /// <summary>Says that a message is recorded while it is still being written.</summary>
    public static void AnswersBeforeRecording(IServiceCollection services) => Twin<IDesk>.Plant(services, nameof(IDesk.RecordAsync), (good, given) =>
    {
        _ = good.RecordAsync((RecordedMessage)given[0]!, CancellationToken.None);
        return Task.FromResult(true);
    });

    /// <summary>Where the store does not answer, it assumes that all went well.</summary>
    public static void TakesSilenceForSuccess(IServiceCollection services) => Twin<IStreamStore>.PlantAsync(
        services, nameof(IStreamStore.AppendAsync), async (good, given) =>
        {
            var (expected, drafts) = ((Head)given[1]!, (IReadOnlyList<Draft>)given[2]!);
            try
            {
                return await good.AppendAsync((StreamId)given[0]!, expected, drafts, (CancellationToken)given[3]!);
            }
            catch (Exception problem) when (problem is StoreException or OperationCanceledException)
            {
                return new AppendResult.Appended(new Head(expected.Version + drafts.Count, expected.Hash), drafts[0].Stamp.OccurredAt);
            }
        });

    public static void HashesEverythingAlike(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(IKeyedHash));
        services.Remove(registered);
        services.AddSingleton<IKeyedHash>(new OneHash());
    }

    /// <summary>Appends behind whatever somebody else appended meanwhile, without deciding again.</summary>
    public static void IgnoresTheLock(IServiceCollection services) => Twin<IStreamStore>.PlantAsync(
        services, nameof(IStreamStore.AppendAsync), async (good, given) =>
        {
            var (stream, expected, drafts, token) = ((StreamId)given[0]!, (Head)given[1]!, (IReadOnlyList<Draft>)given[2]!, (CancellationToken)given[3]!);
            while (true)
            {
                var result = await good.AppendAsync(stream, expected, drafts, token);
                if (result is not AppendResult.Moved)
                {
                    return result;
                }

                expected = (await good.ReadAsync(stream, expected.Version, 1000, token)).Head;
            }
        });

    public static void KeepsOldSnapshots(IServiceCollection services)
    {
        var last = new Dictionary<StreamId, Incident>();
        Twin<IStreamStore>.Plant(services, nameof(IStreamStore.SaveSnapshotAsync), (good, given) => (given[0], given[1]) switch
        {
            (StreamId stream, Snapshot<Incident> snapshot) => good.SaveSnapshotAsync(stream, Older(stream, snapshot), (CancellationToken)given[2]!),
            (StreamId stream, Snapshot<NumberBook> snapshot) => good.SaveSnapshotAsync(stream, snapshot, (CancellationToken)given[2]!),
            (StreamId stream, Snapshot<SubscriptionBook> snapshot) => good.SaveSnapshotAsync(stream, snapshot, (CancellationToken)given[2]!),
            _ => throw new NotSupportedException("There is a snapshot of a kind that this fault knows nothing of."),
        });

        Snapshot<Incident> Older(StreamId stream, Snapshot<Incident> snapshot)
        {
            var kept = last.TryGetValue(stream, out var before) ? before : new Incident { Id = snapshot.State.Id };
            last[stream] = snapshot.State;
            return snapshot with { State = kept };
        }
    }

    public static void WritesNoDueRows(IServiceCollection services) => Twin<IDirectory>.Plant(
        services, nameof(IDirectory.PutDueAsync), (_, _) => Task.CompletedTask);

    public static void NeverListsWhatIsDue(IServiceCollection services) => Twin<IDirectory>.Plant(
        services, nameof(IDirectory.ListDueAsync), (_, _) => Task.FromResult(ImmutableArray<DueRow>.Empty));

    public static void WritesNoActiveRows(IServiceCollection services) => Twin<IDirectory>.Plant(
        services, nameof(IDirectory.TouchActiveAsync), (_, _) => Task.CompletedTask);

    public static void ReconcilesNothing(IServiceCollection services) => Twin<IDirectory>.Plant(
        services, nameof(IDirectory.ListActiveAsync), (_, _) => Task.FromResult(ImmutableArray<ActiveRow>.Empty));

    public static void RegistersNoRooms(IServiceCollection services) => Twin<IDirectory>.Plant(
        services, nameof(IDirectory.PutRoomAsync), (_, _) => Task.CompletedTask);

    public static void VoidsNothing(IServiceCollection services) => Twin<IStreamStore>.Plant(
        services, nameof(IStreamStore.AppendAsync), (good, given) => ((IReadOnlyList<Draft>)given[2]!).Any(draft => draft.Fact is IncidentVoided)
            ? Task.FromException<AppendResult>(new StoreException("No number is ever given up."))
            : good.AppendAsync((StreamId)given[0]!, (Head)given[1]!, (IReadOnlyList<Draft>)given[2]!, (CancellationToken)given[3]!));

    public static void GivesANumberTwice(IServiceCollection services) => Appending(services, draft =>
        draft.Fact is IncidentNumbered { Number: > 1 } numbered ? draft with { Fact = numbered with { Number = numbered.Number - 1 } } : draft);

    public static void LetsTwoHoldARole(IServiceCollection services) => Appending(services, draft =>
        draft.Fact is RoleAccepted accepted ? draft with { Fact = accepted with { Replaces = false } } : draft);

    // What it posted twice outside the war rooms would be taken back when Slack tells of it.
    private static void Deaf(IServiceCollection services) => Twin<IDesk>.Plant(services, nameof(IDesk.HearEchoAsync), (_, _) => Task.CompletedTask);

    private static void Overlooks(IServiceCollection services, ChatKind kind) => Twin<IDesk>.Plant(services, nameof(IDesk.RecordAsync), (good, given) =>
        ((RecordedMessage)given[0]!).Record.Kind == kind ? Task.FromResult(true) : good.RecordAsync((RecordedMessage)given[0]!, (CancellationToken)given[1]!));

    private static void Appending(IServiceCollection services, Func<Draft, Draft> spoil) => Twin<IStreamStore>.Plant(
        services, nameof(IStreamStore.AppendAsync), (good, given) =>
            good.AppendAsync((StreamId)given[0]!, (Head)given[1]!, [.. ((IReadOnlyList<Draft>)given[2]!).Select(spoil)], (CancellationToken)given[3]!));

    private static Draft Under(Draft draft, string cause) => draft with { Stamp = draft.Stamp with { CauseKey = cause } };

    private sealed class OneHash : IKeyedHash
    {
        public string Of(params ReadOnlySpan<string> parts) => new('0', 32);
    }
}
