using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>The workspace at one moment, as copies: nothing in here changes any more.</summary>
public sealed record WorkspaceView(
    string Name,
    DateTimeOffset At,
    IReadOnlyList<PersonView> People,
    IReadOnlyList<ChannelView> Channels,
    IReadOnlyList<EphemeralView> Ephemerals,
    IReadOnlyList<FormView> Forms,
    IReadOnlyList<Delivery> Unacknowledged,
    IReadOnlySet<string> Downloads)
{
    public ChannelView? Channel(string idOrName) =>
        Channels.FirstOrDefault(channel => channel.Id == idOrName) ?? Channels.FirstOrDefault(channel => channel.Name == idOrName.TrimStart('#'));

    public PersonView? Person(string idOrHandle) =>
        People.FirstOrDefault(person => person.Id == idOrHandle || person.Handle == idOrHandle);
}

public sealed record PersonView(string Id, string Handle, string Name, string Email, string Title, bool IsBot, bool IsGuest, bool ActAs);

public sealed record ChannelView(
    string Id,
    string Name,
    ChannelKind Kind,
    string Creator,
    string Topic,
    string Purpose,
    bool Archived,
    IReadOnlyList<string> Members,
    IReadOnlyList<Bookmark> Bookmarks,
    IReadOnlyDictionary<string, string> LastRead,
    IReadOnlyList<MessageView> Messages);

/// <summary>A message, also when it is deleted: then the text is what it last said.</summary>
public sealed record MessageView(
    string Channel,
    string Ts,
    string User,
    bool FromBot,
    string Text,
    string? Subtype,
    string? ThreadTs,
    bool Broadcast,
    bool Deleted,
    bool Tombstone,
    string? GoneBy,
    long GoneAt,
    Edited? Edited,
    Pinned? Pinned,
    IReadOnlyList<Reaction> Reactions,
    IReadOnlyList<string> EarlierTexts,
    JsonArray? Blocks,
    JsonArray? Files,
    JsonObject? Metadata)
{
    public bool IsReply => ThreadTs is not null && ThreadTs != Ts;

    /// <summary>People still see it as a message.</summary>
    public bool Visible => !Deleted && !Tombstone;
}

public sealed record EphemeralView(string Ts, string User, string Channel, string Text, string? ThreadTs, JsonArray? Blocks, bool FromSlackbot);

public sealed record FormView(
    string Id, string User, string Type, string Hash, string RootId, JsonObject View, JsonObject Values, IReadOnlyDictionary<string, string> Errors);

internal static class Snapshot
{
    public static WorkspaceView Of(WorkspaceState state) => new(
        state.Settings.Name,
        state.Now,
        [.. state.People.Values.Select(person => new PersonView(
            person.Id, person.Handle, person.Name, person.Email, person.Title, person.IsBot, person.IsGuest, person.ActAs))],
        [.. state.Channels.Values.Select(channel => new ChannelView(
            channel.Id, channel.Name, channel.Kind, channel.Creator, channel.Topic.Value, channel.Purpose.Value, channel.Archived,
            [.. channel.Members], [.. channel.Bookmarks], new Dictionary<string, string>(channel.LastRead),
            [.. state.MessagesOf(channel.Id).Select(Message)]))],
        [.. state.Ephemerals.Select(seen => new EphemeralView(
            seen.Ts, seen.User, seen.Channel, seen.Text, seen.ThreadTs, Copy(seen.Blocks), seen.FromSlackbot))],
        [.. state.Views.Values.Select(view => new FormView(
            view.Id, view.User, view.Type, view.Hash, view.RootId, (JsonObject)view.View.DeepClone(), (JsonObject)view.Values.DeepClone(),
            new Dictionary<string, string>(view.Errors)))],
        [.. state.Unacknowledged.Values],
        state.Files.Keys.ToHashSet());

    private static MessageView Message(Message message) => new(
        message.Channel, message.Ts, message.User, message.FromBot, message.Text, message.Subtype, message.ThreadTs, message.Broadcast,
        message.Deleted, message.Tombstone, message.GoneBy, message.GoneAt, message.Edited, message.Pinned,
        [.. message.Reactions.Select(reaction => new Reaction { Name = reaction.Name, Users = [.. reaction.Users] })],
        [.. message.EarlierTexts], Copy(message.Blocks), Copy(message.Files), (JsonObject?)message.Metadata?.DeepClone());

    private static JsonArray? Copy(JsonArray? array) => (JsonArray?)array?.DeepClone();
}
