using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>The parts of one act, with what the person may see and touch. Channels and people may be named or given by id.</summary>
internal sealed class ActArguments(WorkspaceState state, JsonObject act)
{
    public Person Person { get; } = Find(state, act.Text("as") ?? "");

    public string? Text(string name) => act.Text(name);

    public bool Flag(string name) => act.Flag(name);

    public JsonArray? List(string name) => act[name] as JsonArray;

    public JsonNode? Node(string name) => act[name];

    public Person Other() => Find(state, act.Text("user") ?? "");

    /// <summary>Private channels exist for their members only.</summary>
    public Channel Visible()
    {
        var said = (act.Text("channel") ?? "").TrimStart('#');
        var found = state.Channels.GetValueOrDefault(said)
            ?? state.Channels.Values.FirstOrDefault(channel => channel.Kind != ChannelKind.Direct && channel.Name == said);
        return found is not null && (found.Kind == ChannelKind.Public || found.Members.Contains(Person.Id))
            ? found
            : throw new SlackRefusal("channel_not_found");
    }

    public Channel Joined() => Visible() is var channel && channel.Members.Contains(Person.Id) ? channel : throw new SlackRefusal("not_in_channel");

    public Channel Active() => Joined() is { Archived: false } channel ? channel : throw new SlackRefusal("is_archived");

    public Message Message() => state.Message(Visible(), act.Text("ts") ?? "");

    public Message OwnMessage()
    {
        var message = Message();
        return message.User == Person.Id && message.Subtype is null ? message : throw new SlackRefusal("cant_update_message");
    }

    private static Person Find(WorkspaceState state, string said) =>
        state.People.GetValueOrDefault(said)
        ?? state.People.Values.FirstOrDefault(person => person.Handle == said.TrimStart('@'))
        ?? throw new SlackRefusal("user_not_found");
}
