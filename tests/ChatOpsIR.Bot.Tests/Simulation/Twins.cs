using System.Collections.Immutable;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Parts of the bot with one fault each.</summary>
internal static class Twins
{
    /// <summary>Never looks whether an earlier attempt got through.</summary>
    public static void PostsWithoutLooking(IServiceCollection services) => Twin<IChatPlatform>.Plant(
        services, nameof(IChatPlatform.PostAsync), (good, given) => good.PostAsync((Post)given[0]!, lookFirst: false, (CancellationToken)given[2]!));

    /// <summary>Keeps what happened in a room under a cause that nothing repeats.</summary>
    public static void ForgetsCauses(IServiceCollection services)
    {
        var appended = 0;
        Twin<IStreamStore>.Plant(services, nameof(IStreamStore.AppendAsync), (good, given) => good.AppendAsync(
            (StreamId)given[0]!, (Head)given[1]!, [.. ((IReadOnlyList<Draft>)given[2]!).Select(Forget)], (CancellationToken)given[3]!));

        Draft Forget(Draft draft) => draft.Fact is ChatRecord { Effect: null }
            ? draft with { Stamp = draft.Stamp with { CauseKey = $"{draft.Stamp.CauseKey}#{++appended}" } }
            : draft;
    }

    /// <summary>Says that a message is recorded while it is still being written.</summary>
    public static void AnswersBeforeRecording(IServiceCollection services) => Twin<IDesk>.Plant(services, nameof(IDesk.RecordAsync), (good, given) =>
    {
        _ = good.RecordAsync((RecordedMessage)given[0]!, CancellationToken.None);
        return Task.FromResult(true);
    });

    /// <summary>Finds nothing due.</summary>
    public static void NeverListsWhatIsDue(IServiceCollection services) => Twin<IDirectory>.Plant(
        services, nameof(IDirectory.ListDueAsync), (_, _) => Task.FromResult(ImmutableArray<DueRow>.Empty));
}
