using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack;
using ChatOpsIR.Slack.Inbound;
using ChatOpsIR.Slack.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

/// <summary>The adapter as the bot wires it, with a stub in Slack's place and a clock that the test owns.</summary>
internal sealed class SlackBench : IDisposable
{
    private readonly Storage.Databases databases = new();
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly ServiceProvider services;

    public SlackBench(params (string Key, string Value)[] settings)
    {
        Slack = new StubSlack().Answer("auth.test", """{"ok":true,"team_id":"T1","user_id":"UBOT","bot_id":"B1"}""");
        Dictionary<string, string?> configured = new()
        {
            ["Slack:SigningSecret"] = "shhh",
            ["Slack:BotToken"] = "xoxb-test",
        };
        foreach (var (key, value) in settings)
        {
            configured[key] = value;
        }

        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configured).Build());
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSingleton<IKeyedHash>(new Inbound.PlainHash());
        collection.AddSingleton<IDirectory>(databases.Memory(Clock, inline: true).Directory);
        collection.AddSlack();
        collection.AddHttpClient(SlackApi.ClientName).ConfigurePrimaryHttpMessageHandler(() => Slack);
        services = collection.BuildServiceProvider();
    }

    public static RoomId Room { get; } = new("slack", "C1");

    public StubSlack Slack { get; }

    public FakeTimeProvider Clock { get; } = new(Noon);

    public IDirectory Directory => services.GetRequiredService<IDirectory>();

    public IChatPlatform Platform => services.GetRequiredService<IChatPlatform>();

    public ISlackTalk Talk => services.GetRequiredService<ISlackTalk>();

    public SlackApi Api => services.GetRequiredService<SlackApi>();

    public static PersonId Person(string user) => new("slack", "T1", user);

    /// <summary>Moves the clock until the work is done.</summary>
    public async Task<T> PassTimeAsync<T>(Task<T> work, TimeSpan step)
    {
        for (var turn = 0; turn < 200 && !work.IsCompleted; turn++)
        {
            Clock.Advance(step);
            await Task.Yield();
        }

        return await work;
    }

    public void Dispose()
    {
        services.Dispose();
        databases.Dispose();
    }
}
