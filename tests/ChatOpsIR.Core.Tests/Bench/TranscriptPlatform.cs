using System.Collections.Immutable;
using System.Globalization;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>
/// A chat product that nobody sells. Its ids have colons and letters in them, a topic leaves no message, its history comes three at a
/// time, and a room of a taken name is called after its house. It writes down what it is asked, one line each.
/// </summary>
internal sealed class TranscriptPlatform(TimeProvider time) : IChatPlatform
{
    public const string Product = "hall";
    public const string House = "north";

    public const int PageSize = 3;
    private static readonly Actor Bot = Actor.Of(new PersonId(Product, House, "0:chatops"));

    private readonly List<HallRoom> rooms = [];
    private readonly Dictionary<PersonId, Person> people = [];
    private readonly HashSet<PersonId> strangers = [];

    public string Name => Product;

    /// <summary>Everything it was asked, in order.</summary>
    public List<string> Transcript { get; } = [];

    /// <summary>What goes wrong next.</summary>
    public Troubles Troubles { get; } = new();

    /// <summary>Asks about accounts; they are no part of the transcript.</summary>
    public int LookUps { get; private set; }

    /// <summary>Something happens between a post and its answer.</summary>
    public Func<HallMessage, Task>? Posted { get; set; }

    public IReadOnlyList<HallRoom> Rooms => rooms;

    public HallRoom RoomOf(string name) => rooms.Single(room => room.Name == name);

    /// <summary>What can be seen in a room, or in the talk with one person.</summary>
    public IEnumerable<HallMessage> Visible(string room) => rooms.Where(known => known.Name == room).SelectMany(known => known.Messages);

    public Task<OpenedRoom> OpenRoomAsync(RoomWanted wanted, bool lookFirst, CancellationToken cancellationToken)
    {
        if (lookFirst)
        {
            Transcript.Add($"looks for {wanted.Name}");
            if (rooms.Find(room => room.Name == wanted.Name && room.OpenedAt >= wanted.Since && !wanted.NotThese.Contains(room.Id)) is { } there)
            {
                return Task.FromResult(new OpenedRoom(there.Id, there.Name));
            }
        }

        return DoAsync($"opens {(wanted.Private ? "private " : "")}room {wanted.Name}", () =>
        {
            var name = rooms.Exists(room => room.Name == wanted.Name) ? $"{wanted.Name}-{House}" : wanted.Name;
            var room = Open(name);
            return new OpenedRoom(room.Id, room.Name);
        }, cancellationToken);
    }

    public Task<ImmutableArray<NotInvited>> InviteAsync(RoomId room, ImmutableArray<PersonId> people, CancellationToken cancellationToken) =>
        DoAsync($"invites {string.Join(", ", people.Select(NameOf))} to {NameOf(room)}", () =>
        {
            var strangers = people.Where(person => this.people.TryGetValue(person, out var known) && known.Kind is PersonKind.Foreign);
            return strangers.Select(person => new NotInvited(person, $"{NameOf(person)} is not of this house.")).ToImmutableArray();
        }, cancellationToken);

    public Task SetTopicAsync(RoomId room, string topic, CancellationToken cancellationToken) =>
        DoAsync($"sets the topic of {NameOf(room)}: {topic}", () => true, cancellationToken);

    public async Task<PostedMessage> PostAsync(Post post, bool lookFirst, CancellationToken cancellationToken)
    {
        var place = PlaceOf(post.To);
        if (lookFirst && await FindPostsAsync(post, cancellationToken) is [var there, ..])
        {
            return there;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await DoAsync($"posts in {place.Name}: {post.Card.Summary}", async () =>
        {
            var message = place.Add(Bot, post.Card, post.Effect, time.GetUtcNow());
            await (Posted?.Invoke(message) ?? Task.CompletedTask);
            return Answer(post, place, message);
        }, CancellationToken.None);
    }

    public async Task<ImmutableArray<PostedMessage>> FindPostsAsync(Post post, CancellationToken cancellationToken)
    {
        var place = PlaceOf(post.To);
        await DoAsync($"looks in {place.Name}", () => true, cancellationToken);
        return [.. place.Messages.Where(message => message.Effect == post.Effect && message.At >= post.Since).Select(message => Answer(post, place, message) with { Adopted = true })];
    }

    public Task RepaintAsync(MessageId message, Card card, EffectKey effect, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return DoAsync($"repaints {message.Id} in {NameOf(message.Room)}: {card.Summary}", () => Find(message).Card = card, CancellationToken.None);
    }

    public Task PinAsync(MessageId message, CancellationToken cancellationToken) =>
        DoAsync($"pins {message.Id} in {NameOf(message.Room)}", () => true, cancellationToken);

    public Task DeleteAsync(MessageId message, CancellationToken cancellationToken) =>
        DoAsync($"deletes {message.Id} in {NameOf(message.Room)}", () => Place(message.Room).Messages.RemoveAll(known => known.Id == message.Id), cancellationToken);

    /// <summary>How often it does not know how far it had told a history.</summary>
    public int PlacesToForget { get; set; }

    public Task<HistoryPage> ReadHistoryAsync(RoomId room, string? cursor, CancellationToken cancellationToken) => DoAsync($"reads {NameOf(room)}", () =>
    {
        if (cursor is not null && PlacesToForget-- > 0)
        {
            throw new ChatRefusedException("no_such_place", "That is no place in the room's history.");
        }

        var from = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var place = Place(room);
        var page = place.Messages.Skip(from).Take(PageSize).Select(message => RecordOf(place, message, Source.Backfill)).ToImmutableArray();
        var next = from + page.Length;
        return new HistoryPage(page, next < place.Messages.Count ? next.ToString(CultureInfo.InvariantCulture) : null);
    }, cancellationToken);

    public async Task<Person?> LookUpAsync(PersonId person, CancellationToken cancellationToken)
    {
        LookUps++;
        await Troubles.MeetAsync($"looks up {NameOf(person)}", cancellationToken);
        return strangers.Contains(person) ? null : people.GetValueOrDefault(person) ?? new Person(person, NameOf(person), $"{NameOf(person)}@north.example", PersonKind.Member);
    }

    public Words ReadText(string text, string workspace) => Words.Of(text);

    public void Knows(Person person) => people[person.Id] = person;

    /// <summary>Says from now on that there is no such account.</summary>
    public void Forgets(PersonId person) => strangers.Add(person);

    /// <summary>Somebody says something in a room; gives what a live event of it would bring.</summary>
    public RecordedMessage Says(PersonId who, string room, string text)
    {
        var place = RoomOf(room);
        return RecordOf(place, place.Add(Actor.Of(who), Card.Say(text), null, time.GetUtcNow()), Source.Live);
    }

    /// <summary>A post of ours appears that nobody waits for any more.</summary>
    public HallMessage Delivers(string room, HallMessage late) => RoomOf(room).Add(late.By, late.Card, late.Effect, time.GetUtcNow());

    /// <summary>The live event of a message of our own, which reaches us as everybody's does.</summary>
    public RecordedMessage EchoOf(HallMessage message) => RecordOf(rooms.Single(room => room.Messages.Contains(message)), message, Source.Self);

    private static string NameOf(PersonId person) => person.User[(person.User.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static PostedMessage Answer(Post post, HallRoom place, HallMessage message) =>
        new(new MessageId(place.Id, message.Id), post.To is Destination.Room ? RecordOf(place, message, Source.Self) : null);

    private static RecordedMessage RecordOf(HallRoom place, HallMessage message, Source source) => new(
        new Stamp($"{Product}:{place.Id.Id}:{message.Id}", message.At, message.By, source),
        new ChatRecord(ChatKind.Message, place.Id, message.Id) { Author = message.By, Effect = message.Effect, Text = message.Card.Summary });

    private Task<T> DoAsync<T>(string line, Func<T> perform, CancellationToken cancellationToken) =>
        DoAsync(line, () => Task.FromResult(perform()), cancellationToken);

    private async Task<T> DoAsync<T>(string line, Func<Task<T>> perform, CancellationToken cancellationToken)
    {
        Transcript.Add(line);
        var late = await Troubles.MeetAsync(line, cancellationToken);
        var result = await perform();
        return late is null ? result : throw late;
    }

    private HallRoom PlaceOf(Destination to) => to switch
    {
        Destination.Room room => Place(room.Id),
        Destination.DirectMessage direct => rooms.Find(room => room.Name == NameOf(direct.Person)) ?? Open(NameOf(direct.Person)),
        _ => rooms.Find(room => room.Name == "notices") ?? Open("notices"),
    };

    private HallRoom Open(string name)
    {
        var room = new HallRoom(new RoomId(Product, $"19:{rooms.Count + 1}@{House};v=2"), name, time.GetUtcNow());
        rooms.Add(room);
        return room;
    }

    private string NameOf(RoomId room) => Place(room).Name;

    private HallRoom Place(RoomId room) => rooms.Single(known => known.Id == room);

    private HallMessage Find(MessageId message) => Place(message.Room).Messages.Single(known => known.Id == message.Id);
}
