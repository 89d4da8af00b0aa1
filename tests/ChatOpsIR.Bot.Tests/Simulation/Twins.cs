using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Parts of the bot with one fault each, put in the place of the good ones.</summary>
internal static class Twins
{
    public static void PostsWithoutLooking(IServiceCollection services) => Swap<IChatPlatform>(services, inner => new BlindPlatform(inner));

    public static void ForgetsCauses(IServiceCollection services) => Swap<IStreamStore>(services, inner => new ForgetfulStore(inner));

    public static void AnswersBeforeRecording(IServiceCollection services) => Swap<IDesk>(services, inner => new HastyDesk(inner));

    public static void NeverListsWhatIsDue(IServiceCollection services) => Swap<IDirectory>(services, inner => new BlankDirectory(inner));

    private static void Swap<T>(IServiceCollection services, Func<T, T> around)
        where T : class
    {
        var good = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(good);
        services.AddSingleton(provider => around((T)(good.ImplementationInstance
            ?? good.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, good.ImplementationType!))));
    }

    /// <summary>Never looks whether an earlier attempt got through.</summary>
    private sealed class BlindPlatform(IChatPlatform inner) : IChatPlatform
    {
        public string Name => inner.Name;

        public Words ReadText(string text, string workspace) => inner.ReadText(text, workspace);

        public Task<OpenedRoom> OpenRoomAsync(RoomWanted wanted, bool lookFirst, CancellationToken cancellationToken) =>
            inner.OpenRoomAsync(wanted, lookFirst, cancellationToken);

        public Task<ImmutableArray<NotInvited>> InviteAsync(RoomId room, ImmutableArray<PersonId> people, CancellationToken cancellationToken) =>
            inner.InviteAsync(room, people, cancellationToken);

        public Task SetTopicAsync(RoomId room, string topic, CancellationToken cancellationToken) => inner.SetTopicAsync(room, topic, cancellationToken);

        public Task<PostedMessage> PostAsync(Post post, bool lookFirst, CancellationToken cancellationToken) =>
            inner.PostAsync(post, lookFirst: false, cancellationToken);

        public Task RepaintAsync(MessageId message, Card card, EffectKey effect, CancellationToken cancellationToken) =>
            inner.RepaintAsync(message, card, effect, cancellationToken);

        public Task PinAsync(MessageId message, CancellationToken cancellationToken) => inner.PinAsync(message, cancellationToken);

        public Task DeleteAsync(MessageId message, CancellationToken cancellationToken) => inner.DeleteAsync(message, cancellationToken);

        public Task<HistoryPage> ReadHistoryAsync(RoomId room, DateTimeOffset? since, string? cursor, CancellationToken cancellationToken) =>
            inner.ReadHistoryAsync(room, since, cursor, cancellationToken);

        public Task<Person?> LookUpAsync(PersonId person, CancellationToken cancellationToken) => inner.LookUpAsync(person, cancellationToken);
    }

    /// <summary>Takes a message that it has already: its cause is kept under a key that nothing repeats.</summary>
    private sealed class ForgetfulStore(IStreamStore inner) : IStreamStore
    {
        private int appended;

        public Task<AppendResult> AppendAsync(StreamId stream, Head expected, IReadOnlyList<Draft> drafts, CancellationToken cancellationToken) =>
            inner.AppendAsync(stream, expected, [.. drafts.Select(Forget)], cancellationToken);

        public Task<StreamSlice> ReadAsync(StreamId stream, long after, int most, CancellationToken cancellationToken) =>
            inner.ReadAsync(stream, after, most, cancellationToken);

        public Task<KnownCause?> FindAsync(StreamId stream, string causeKey, CancellationToken cancellationToken) =>
            inner.FindAsync(stream, causeKey, cancellationToken);

        public Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamId stream, CancellationToken cancellationToken)
            where TState : class => inner.ReadSnapshotAsync<TState>(stream, cancellationToken);

        public Task SaveSnapshotAsync<TState>(StreamId stream, Snapshot<TState> snapshot, CancellationToken cancellationToken)
            where TState : class => inner.SaveSnapshotAsync(stream, snapshot, cancellationToken);

        private Draft Forget(Draft draft) => draft.Fact is ChatRecord { Effect: null }
            ? draft with { Stamp = draft.Stamp with { CauseKey = $"{draft.Stamp.CauseKey}#{++appended}" } }
            : draft;
    }

    /// <summary>Says that a message is recorded while it is still being written.</summary>
    private sealed class HastyDesk(IDesk inner) : IDesk
    {
        public Task<Answer> SayAsync(Said said, CancellationToken cancellationToken) => inner.SayAsync(said, cancellationToken);

        public Task<Answer> SubmitAsync(Submitted form, CancellationToken cancellationToken) => inner.SubmitAsync(form, cancellationToken);

        public Task<bool> RecordAsync(RecordedMessage message, CancellationToken cancellationToken)
        {
            _ = inner.RecordAsync(message, CancellationToken.None);
            return Task.FromResult(true);
        }

        public Task<bool> KnowsRoomAsync(RoomId room, CancellationToken cancellationToken) => inner.KnowsRoomAsync(room, cancellationToken);

        public Task CatchUpAsync(RoomId room, CancellationToken cancellationToken) => inner.CatchUpAsync(room, cancellationToken);

        public void CatchUpEverywhere(DateTimeOffset since) => inner.CatchUpEverywhere(since);
    }

    /// <summary>Finds nothing due.</summary>
    private sealed class BlankDirectory(IDirectory inner) : IDirectory
    {
        public Task<ImmutableArray<DueRow>> ListDueAsync(DateTimeOffset until, int most, CancellationToken cancellationToken) =>
            Task.FromResult(ImmutableArray<DueRow>.Empty);

        public Task TouchActiveAsync(IncidentId incident, CancellationToken cancellationToken) => inner.TouchActiveAsync(incident, cancellationToken);

        public Task<ImmutableArray<ActiveRow>> ListActiveAsync(CancellationToken cancellationToken) => inner.ListActiveAsync(cancellationToken);

        public Task RemoveActiveAsync(ActiveRow row, CancellationToken cancellationToken) => inner.RemoveActiveAsync(row, cancellationToken);

        public Task PutRoomAsync(RoomId room, IncidentId incident, CancellationToken cancellationToken) => inner.PutRoomAsync(room, incident, cancellationToken);

        public Task<IncidentId?> FindRoomAsync(RoomId room, CancellationToken cancellationToken) => inner.FindRoomAsync(room, cancellationToken);

        public Task PutDueAsync(DueRow row, CancellationToken cancellationToken) => inner.PutDueAsync(row, cancellationToken);

        public Task RemoveDueAsync(DueRow row, CancellationToken cancellationToken) => inner.RemoveDueAsync(row, cancellationToken);

        public Task<string?> ReadShownAsync(string surface, CancellationToken cancellationToken) => inner.ReadShownAsync(surface, cancellationToken);

        public Task PutShownAsync(string surface, string fingerprint, CancellationToken cancellationToken) =>
            inner.PutShownAsync(surface, fingerprint, cancellationToken);

        public Task<Person?> FindPersonAsync(PersonId person, CancellationToken cancellationToken) => inner.FindPersonAsync(person, cancellationToken);

        public Task PutPersonAsync(Person person, CancellationToken cancellationToken) => inner.PutPersonAsync(person, cancellationToken);
    }
}
