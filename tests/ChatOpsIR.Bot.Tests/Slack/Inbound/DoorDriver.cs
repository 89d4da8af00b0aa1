using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack;
using ChatOpsIR.Slack.Inbound;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

/// <summary>The door with a desk and a Slack that tests write upon.</summary>
internal sealed class DoorDriver
{
    public const string WarRoom = "C123ABC456";

    public static readonly BotIdentity Us = new("T123ABC456", "U0BOT00001", "B0BOT00001", "A123ABC456");

    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    private readonly SlackDoor door;

    public DoorDriver()
    {
        var options = new SlackOptions { SigningSecret = Secret, BotToken = "xoxb-1" };
        door = new SlackDoor(Desk, Talk, new PlainHash(), Options.Create(options), Time, Log);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_735_690_000));

    public LogLines<SlackDoor> Log { get; } = new();

    public FakeDesk Desk { get; } = new();

    public FakeTalk Talk { get; } = new();

    public static string Text(SlackReply reply) => Encoding.UTF8.GetString(reply.Body.Span);

    public Task<SlackReply> SendExampleAsync(SlackRoute route, string file) =>
        SendAsync(route, SlackFiles.Example(file), file.EndsWith(".json", StringComparison.Ordinal));

    public Task<SlackReply> SendEventAsync(string happening) =>
        SendAsync(SlackRoute.Events, Encoding.UTF8.GetBytes($$"""{"type":"event_callback","event_id":"Ev1","event":{{happening}} }"""), json: true);

    public Task<SlackReply> SendCommandAsync(string text) => SendAsync(
        SlackRoute.Commands,
        Encoding.UTF8.GetBytes($"team_id=T123ABC456&user_id=U1&channel_id={WarRoom}&trigger_id=1.2.3&command=%2Fincident&text={Uri.EscapeDataString(text)}"),
        json: false);

    public Task<SlackReply> SendPayloadAsync(object payload) => SendAsync(
        SlackRoute.Interactivity,
        Encoding.UTF8.GetBytes($"payload={Uri.EscapeDataString(JsonSerializer.Serialize(payload))}"),
        json: false);

    public Task<SlackReply> SendAsync(SlackRoute route, byte[] body, bool json)
    {
        var timestamp = Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return KnockAsync(route, body, json, timestamp, SlackSignature.Sign(Secret, timestamp, body));
    }

    public async Task<SlackReply> KnockAsync(SlackRoute route, byte[] body, bool json, string? timestamp, string? signature)
    {
        var type = json ? "application/json" : "application/x-www-form-urlencoded";
        using var budget = door.Start(CancellationToken.None);
        return await door.HandleAsync(route, new SlackHttpRequest(type, timestamp, signature, body), budget, CancellationToken.None);
    }

    public static string Sign(string timestamp, byte[] body) => SlackSignature.Sign(Secret, timestamp, body);
}

internal sealed class FakeDesk : IDesk
{
    public List<Said> Said { get; } = [];

    public List<Submitted> Submitted { get; } = [];

    public List<RecordedMessage> Recorded { get; } = [];

    public List<(EffectKey Effect, MessageId Message)> Echoes { get; } = [];

    public HashSet<string> Rooms { get; } = [DoorDriver.WarRoom];

    public Answer Answer { get; set; } = new Answer.Show(Card.Say("Done."), Done: true);

    /// <summary>What happens instead of an answer.</summary>
    public Func<CancellationToken, Task>? Trouble { get; set; }

    public async Task<Answer> SayAsync(Said said, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Said.Add(said);
        return Answer;
    }

    public async Task<Answer> SubmitAsync(Submitted form, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Submitted.Add(form);
        return Answer;
    }

    public async Task HearEchoAsync(EffectKey effect, MessageId message, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Echoes.Add((effect, message));
    }

    public async Task<bool> RecordAsync(RecordedMessage message, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Recorded.Add(message);
        return true;
    }

    public List<(PersonId Who, PersonKind? Kind)> AtHome { get; } = [];

    public List<string> Asked { get; } = [];

    public async Task<Card> HomeAsync(PersonId who, PersonKind? kind, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        AtHome.Add((who, kind));
        return Card.Say("Home.");
    }

    public async Task<ImmutableArray<Choice>> ChoicesAsync(PersonId who, PersonKind? kind, string typed, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Asked.Add(typed);
        return [new Choice("INC-42", "INC-42 Cache tier down")];
    }

    public List<RoomId> CaughtUp { get; } = [];

    public List<DateTimeOffset> CaughtUpEverywhere { get; } = [];

    public Task CatchUpAsync(RoomId room, CancellationToken cancellationToken)
    {
        CaughtUp.Add(room);
        return Task.CompletedTask;
    }

    public void CatchUpEverywhere(DateTimeOffset since) => CaughtUpEverywhere.Add(since);

    /// <summary>Rooms that were registered under another id.</summary>
    public Dictionary<string, string> Aliases { get; } = [];

    public Task<RoomId?> FindRoomAsync(RoomId room, CancellationToken cancellationToken)
    {
        var first = room with { Id = Aliases.GetValueOrDefault(room.Id, room.Id) };
        return Task.FromResult<RoomId?>(Rooms.Contains(first.Id) ? first : null);
    }
}

internal sealed class FakeTalk : ISlackTalk
{
    public List<(string Trigger, Form Form)> Opened { get; } = [];

    public List<Card> AnsweredAt { get; } = [];

    public List<(PersonId To, Card Card)> Whispered { get; } = [];

    public Func<CancellationToken, Task>? Trouble { get; set; }

    /// <summary>Why Slack does not say who the bot is.</summary>
    public ChatException? Unknown { get; set; }

    public ValueTask<BotIdentity> WhoAmIAsync(CancellationToken cancellationToken) =>
        Unknown is { } problem ? ValueTask.FromException<BotIdentity>(problem) : ValueTask.FromResult(DoorDriver.Us);

    /// <summary>What the page showed on which the last form was opened.</summary>
    public string? OpenedOn { get; private set; }

    public async Task OpenFormAsync(string triggerId, Form form, RoomId? room, string? home, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        OpenedOn = home;
        Opened.Add((triggerId, form));
    }

    public List<Card> Windows { get; } = [];

    public List<(PersonId Person, string? Shown)> Homes { get; } = [];

    public async Task OpenCardAsync(string triggerId, Card card, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Windows.Add(card);
    }

    public async Task ShowHomeAsync(PersonId person, Card card, string? shown, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Homes.Add((person, shown));
    }

    public byte[] DrawChoices(ImmutableArray<Choice> choices) => Encoding.UTF8.GetBytes($$"""{"options":[{{string.Join(',', choices.Select(choice => choice.Value))}}]}""");

    public async Task AnswerAtAsync(Uri responseUrl, Card card, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        AnsweredAt.Add(card);
    }

    public async Task WhisperAsync(RoomId room, PersonId to, Card card, CancellationToken cancellationToken)
    {
        await (Trouble?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Whispered.Add((to, card));
    }

    public byte[] DrawAnswer(Card card) => Encoding.UTF8.GetBytes($"answer: {PlainText.Of(card)}");

    public byte[] DrawResultView(Card card) => Encoding.UTF8.GetBytes($"view: {PlainText.Of(card)}");

    public bool MayCall(Uri responseUrl) => responseUrl.Host is "hooks.slack.com";
}

internal sealed class PlainHash : IKeyedHash
{
    public string Of(params ReadOnlySpan<string> parts) => $"h({string.Join('|', parts.ToArray())})";
}
