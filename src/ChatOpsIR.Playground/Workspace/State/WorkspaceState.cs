using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ChatOpsIR.Playground;

/// <summary>Everything there is, and what changed since the journal was last written. Guarded by the lock of <see cref="Workspace"/>.</summary>
internal sealed class WorkspaceState(WorkspaceSettings settings, TimeProvider clock)
{
    public const string TeamId = "T0PLAY0001";
    public const string AppId = "A0PLAY0001";
    public const string BotId = "B0PLAY0001";
    public const string BotUser = "U0PLAYBOT1";
    public const string Slackbot = "USLACKBOT";

    private readonly Dictionary<(string Kind, string Key), object?> changed = [];
    private readonly Dictionary<string, Dictionary<string, Message>> messages = [];
    private readonly Dictionary<string, List<Message>> inOrder = [];
    private readonly Dictionary<(string Channel, string Parent), List<Message>> replies = [];

    public WorkspaceSettings Settings => settings;

    public string ResponseUrlBase { get; set; } = settings.ResponseUrlBase;

    /// <summary>Where the bot finds the bytes of a file; the id is appended.</summary>
    public string FilesUrl => new Uri(new Uri(ResponseUrlBase), "../files/").ToString();

    public Counters Counters { get; private set; } = new();

    public Dictionary<string, Person> People { get; } = [];

    public Dictionary<string, Channel> Channels { get; } = [];

    public Dictionary<string, OpenView> Views { get; } = [];

    /// <summary>The bytes of attached files, by file id.</summary>
    public Dictionary<string, StoredFile> Files { get; } = [];

    public Dictionary<string, ResponseUrl> ResponseUrls { get; } = [];

    public Dictionary<string, (string User, DateTimeOffset Expires, bool Used)> Triggers { get; } = [];

    public List<Ephemeral> Ephemerals { get; } = [];

    /// <summary>Events not yet accepted by the bot; kept, because Slack would not forget them either.</summary>
    public SortedDictionary<long, Delivery> Unacknowledged { get; } = [];

    public List<Delivery> Outbox { get; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public long NowSeconds => Now.ToUnixTimeSeconds();

    /// <summary>Ten digits, a dot, six digits; never the same and never going back, even when the clock stands still.</summary>
    public string NextTs()
    {
        var micros = (Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        Counters.LastMicros = Math.Max(micros, Counters.LastMicros + 1);
        Touch(Counters);
        return FormatTs(Counters.LastMicros);
    }

    public static string FormatTs(long micros) => string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000:D10}.{micros % 1_000_000:D6}");

    public long NextNumber()
    {
        Touch(Counters);
        return ++Counters.Next;
    }

    public string NextId(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}0PLAY{NextNumber():D4}");

    public long NextDelivery()
    {
        Touch(Counters);
        return ++Counters.Deliveries;
    }

    public void Touch(Counters counters) => changed[("counters", "")] = counters;

    public void Touch(Person person) => changed[("person", person.Id)] = person;

    public void Touch(Channel channel) => changed[("channel", channel.Id)] = channel;

    public void Touch(Message message) => changed[("message", $"{message.Channel}:{message.Ts}")] = message;

    public void Touch(OpenView view) => changed[("view", view.Id)] = Views.GetValueOrDefault(view.Id);

    public void Touch(StoredFile file) => changed[("file", file.Id)] = Files.GetValueOrDefault(file.Id);

    public void Touch(ResponseUrl url) => changed[("response", url.Id)] = url;

    public void Add(Person person)
    {
        People[person.Id] = person;
        Touch(person);
    }

    public void Add(Channel channel)
    {
        Channels[channel.Id] = channel;
        Touch(channel);
    }

    public void Add(StoredFile file)
    {
        Files[file.Id] = file;
        Touch(file);
    }

    public void Forget(string fileId)
    {
        if (Files.Remove(fileId, out var file))
        {
            Touch(file);
        }
    }

    public void Add(Message message)
    {
        if (!messages.TryGetValue(message.Channel, out var byTs))
        {
            messages[message.Channel] = byTs = [];
            inOrder[message.Channel] = [];
        }

        byTs[message.Ts] = message;
        inOrder[message.Channel].Add(message);
        if (message.IsReply)
        {
            if (!replies.TryGetValue((message.Channel, message.ThreadTs!), out var thread))
            {
                replies[(message.Channel, message.ThreadTs!)] = thread = [];
            }

            thread.Add(message);
        }

        Touch(message);
    }

    public IReadOnlyList<Message> MessagesOf(string channel) => inOrder.TryGetValue(channel, out var list) ? list : [];

    public bool TryMessage(string channel, string ts, [NotNullWhen(true)] out Message? message)
    {
        message = messages.GetValueOrDefault(channel)?.GetValueOrDefault(ts);
        return message is { Deleted: false };
    }

    /// <summary>Replies that are still there, oldest first.</summary>
    public IEnumerable<Message> RepliesTo(Message parent) =>
        replies.TryGetValue((parent.Channel, parent.Ts), out var thread) ? thread.Where(reply => !reply.Deleted) : [];

    public void Send(Delivery delivery)
    {
        Outbox.Add(delivery);
        if (delivery.Kind == DeliveryKind.Event)
        {
            Unacknowledged[delivery.Id] = delivery;
            changed[("delivery", delivery.Id.ToString(CultureInfo.InvariantCulture))] = delivery;
        }
    }

    public void Settle(Delivery delivery)
    {
        if (Unacknowledged.Remove(delivery.Id))
        {
            changed[("delivery", delivery.Id.ToString(CultureInfo.InvariantCulture))] = null;
        }
    }

    public List<WorkspaceRecord> TakeChanges()
    {
        List<WorkspaceRecord> records =
        [
            .. changed.Select(pair => new WorkspaceRecord(
                pair.Key.Kind,
                pair.Key.Key,
                pair.Value is null ? null : JsonSerializer.Serialize(pair.Value, pair.Value.GetType(), Json.Options))),
        ];
        changed.Clear();
        return records;
    }

    /// <summary>The whole state, as if all of it had just changed.</summary>
    public List<WorkspaceRecord> Everything()
    {
        Touch(Counters);
        foreach (var person in People.Values)
        {
            Touch(person);
        }

        foreach (var channel in Channels.Values)
        {
            Touch(channel);
        }

        foreach (var message in inOrder.Values.SelectMany(list => list))
        {
            Touch(message);
        }

        foreach (var view in Views.Values)
        {
            Touch(view);
        }

        foreach (var file in Files.Values)
        {
            Touch(file);
        }

        foreach (var url in ResponseUrls.Values)
        {
            Touch(url);
        }

        foreach (var delivery in Unacknowledged.Values)
        {
            changed[("delivery", delivery.Id.ToString(CultureInfo.InvariantCulture))] = delivery;
        }

        return TakeChanges();
    }

    public void Load(IEnumerable<WorkspaceRecord> records)
    {
        List<Message> loaded = [];
        foreach (var (kind, _, json) in records)
        {
            switch (kind)
            {
                case "counters": Counters = Read<Counters>(json); break;
                case "person": Add(Read<Person>(json)); break;
                case "channel": Add(Read<Channel>(json)); break;
                case "message": loaded.Add(Read<Message>(json)); break;
                case "view": Keep(Read<OpenView>(json)); break;
                case "file": Add(Read<StoredFile>(json)); break;
                case "response": Keep(Read<ResponseUrl>(json)); break;
                case "delivery": Keep(Read<Delivery>(json)); break;
                default: throw new InvalidDataException($"The saved workspace holds a '{kind}', which this version does not know.");
            }
        }

        foreach (var message in loaded.OrderBy(message => message.Ts, StringComparer.Ordinal))
        {
            Add(message);
        }

        Outbox.AddRange(Unacknowledged.Values);
        changed.Clear();
    }

    private void Keep(OpenView view) => Views[view.Id] = view;

    private void Keep(ResponseUrl url) => ResponseUrls[url.Id] = url;

    private void Keep(Delivery delivery) => Unacknowledged[delivery.Id] = delivery;

    private static T Read<T>(string? json) => JsonSerializer.Deserialize<T>(json ?? "", Json.Options)
        ?? throw new InvalidDataException($"The saved workspace holds an empty {typeof(T).Name}.");
}
