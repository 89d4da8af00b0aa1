using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Reminders;

/// <summary>A chat product that does at once whatever it is asked, and remembers when each room was first told that an update is due.</summary>
internal sealed class CountingPlatform : IChatPlatform
{
    public const string Product = "counting";

    private readonly ConcurrentDictionary<RoomId, DateTimeOffset> reminded = [];
    private int given;

    public string Name => Product;

    /// <summary>Rooms that were told, each with the moment at which it was begun.</summary>
    public IReadOnlyDictionary<RoomId, DateTimeOffset> Reminded => reminded;

    public Task<OpenedRoom> OpenRoomAsync(RoomWanted wanted, bool lookFirst, CancellationToken cancellationToken) =>
        Task.FromResult(new OpenedRoom(new RoomId(Product, wanted.Name), wanted.Name));

    public Task<ImmutableArray<NotInvited>> InviteAsync(RoomId room, ImmutableArray<PersonId> people, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<NotInvited>.Empty);

    public Task SetTopicAsync(RoomId room, string topic, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<PostedMessage> PostAsync(Post post, bool lookFirst, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Interlocked.Increment(ref given).ToString(CultureInfo.InvariantCulture);
        if (post.To is not Destination.Room { Id: var room })
        {
            return Task.FromResult(new PostedMessage(new MessageId(new RoomId(Product, "elsewhere"), id), null));
        }

        if (post.Card.Summary.Contains("The status update", StringComparison.Ordinal))
        {
            reminded.TryAdd(room, now);
        }

        var stamp = new Stamp($"{Product}:{room.Id}:{id}", now, Actor.System, Source.Self);
        var record = new ChatRecord(ChatKind.Message, room, id) { Author = Actor.System, Effect = post.Effect, Text = post.Card.Summary };
        return Task.FromResult(new PostedMessage(new MessageId(room, id), new RecordedMessage(stamp, record)));
    }

    public Task<ImmutableArray<PostedMessage>> FindPostsAsync(Post post, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<PostedMessage>.Empty);

    public Task RepaintAsync(MessageId message, Card card, EffectKey effect, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task PinAsync(MessageId message, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DeleteAsync(MessageId message, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HistoryPage> ReadHistoryAsync(RoomId room, string? cursor, CancellationToken cancellationToken) => Task.FromResult(new HistoryPage([], null));

    public Task<Person?> LookUpAsync(PersonId person, CancellationToken cancellationToken) =>
        Task.FromResult<Person?>(new Person(person, person.User, $"{person.User}@counting.example", PersonKind.Member));

    public Words ReadText(string text, string workspace) => Words.Of(text);
}
