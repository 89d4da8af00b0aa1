using ChatOpsIR.Bot.Effects;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Slack;
using ChatOpsIR.Slack.Inbound;
using ChatOpsIR.Slack.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>One run of the bot: the parts that production puts together, without the server, its threads and its timers.</summary>
internal sealed class SimulatedBot
{
    public const string SigningSecret = "simulated-secret";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private readonly World world;
    private readonly ServiceProvider services;
    private readonly WakeUps wakeUps;
    private Task reconciling = Task.CompletedTask;
    private Task reminding = Task.CompletedTask;

    public SimulatedBot(World world, Life life, Action<IServiceCollection>? twist)
    {
        this.world = world;
        Life = life;
        ReconcilesAt = world.Time.GetUtcNow();
        wakeUps = new WakeUps(life.Machine);
        services = Build(twist);
        Door = services.GetRequiredService<SlackDoor>();
        services.GetRequiredService<EffectRunner>().Start(CancellationToken.None);
    }

    public Life Life { get; }

    public SlackDoor Door { get; }

    /// <summary>When the next round of the reconciler is due: at start, and half a minute after each.</summary>
    public DateTimeOffset ReconcilesAt { get; private set; }

    public bool MayReconcile => reconciling.IsCompleted && ReconcilesAt <= world.Time.GetUtcNow();

    public bool IsReminding => !reminding.IsCompleted;

    /// <summary>Somebody asked to be woken, and the time has come.</summary>
    public bool IsWakeUpDue => wakeUps.IsDue;

    /// <summary>Nothing is being worked on.</summary>
    public bool IsIdle => reconciling.IsCompleted && !IsReminding && services.GetRequiredService<EffectRunner>().QuietAsync().IsCompleted;

    public void Reconcile()
    {
        ReconcilesAt = world.Time.GetUtcNow() + Every;
        reconciling = WatchAsync("reconciler", services.GetRequiredService<Reconciling>().RunAsync(CancellationToken.None));
    }

    public void Remind()
    {
        wakeUps.Take();
        reminding = WatchAsync("reminders", services.GetRequiredService<Reminding>().FireDueAsync(CancellationToken.None));
    }

    public void LoseWakeUp() => wakeUps.Take();

    // The store may fail them, as in production; whatever else goes wrong is a fault of ours.
    private async Task WatchAsync(string what, Task work)
    {
        try
        {
            await work;
            world.OnThread($"{what} ends");
        }
        catch (Exception problem) when (problem is StoreException or RoundIncompleteException)
        {
            world.Trace.Say($"{what} broke off: {problem.Message}");
        }
        catch (Exception problem)
        {
            world.Break($"The {what} failed: {problem}");
        }
    }

    private ServiceProvider Build(Action<IServiceCollection>? twist)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Slack:SigningSecret"] = SigningSecret,
            ["Slack:BotToken"] = world.Workspace.Settings.BotToken,
            ["Slack:ApiBaseUrl"] = SimulatedSlack.Api,
            ["Slack:AnnounceChannel"] = "incidents",
        }).Build());
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new TraceLogs(world)));
        var time = new MortalTime(world.Time, Life);
        collection.AddSingleton<TimeProvider>(time);
        collection.AddSingleton<IRandomness>(world.Dice.Apart());
        world.Record.AddTo(collection, world, Life, time);
        collection.AddSingleton<IReminders>(wakeUps);

        collection.AddDesk();
        collection.AddSingleton(Execution.Inline);
        collection.AddSlack();
        collection.AddHttpClient(SlackApi.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SimulatedSlack(world, Life))
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Insert(0, new LettingGo()));
        collection.AddEffects();
        twist?.Invoke(collection);
        return collection.BuildServiceProvider();
    }

    /// <summary>In Hangfire's place: remembers when somebody wants to be woken.</summary>
    private sealed class WakeUps(Machine machine) : IReminders
    {
        private readonly SortedSet<DateTimeOffset> buckets = [];

        public bool IsDue => buckets.Count > 0 && buckets.Min <= machine.Now;

        public void WakeAt(DateTimeOffset bucket) => buckets.Add(bucket);

        public void Take() => buckets.Remove(buckets.Min);
    }

    private sealed class TraceLogs(World world) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                world.OnThread("a log line");
                world.Trace.Say($"log {logLevel}: {formatter(state, exception)} {exception?.GetType().Name} {exception?.Message} {exception?.InnerException?.Message}");
            }
        }

        public void Dispose()
        {
        }
    }
}
