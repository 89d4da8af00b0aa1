using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Playground;

/// <summary>Carries the outbox to the bot. Events of one channel keep their order and are tried again as Slack does; commands and interactions
/// are tried once, because somebody is looking at them.</summary>
internal sealed class DeliveryService(
    Workspace workspace,
    TroubledLine bot,
    TimeProvider clock,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    IOptions<PlaygroundOptions> options,
    ILogger<DeliveryService> log) : BackgroundService
{
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private readonly ConcurrentDictionary<long, TaskCompletionSource<ActResult>> answers = [];
    private readonly Channel<bool> wake = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, Task> lanes = [];
    private readonly ConcurrentDictionary<long, Task> running = [];
    private readonly SemaphoreSlim room = new(8);

    /// <summary>The bot's immediate answer to something that a person did.</summary>
    public async Task<ActResult> AnswerToAsync(Delivery delivery, CancellationToken ct)
    {
        try
        {
            return await Waiter(delivery).Task.WaitAsync(ct);
        }
        finally
        {
            answers.TryRemove(delivery.Id, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        workspace.PointResponsesTo($"{SelfUrl().TrimEnd('/')}/playground/slack/response/");
        workspace.Changed += Wake;
        try
        {
            Wake();
            await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
            {
                foreach (var delivery in workspace.TakeDeliveries())
                {
                    Send(delivery, stoppingToken);
                }
            }
        }
        finally
        {
            workspace.Changed -= Wake;
        }
    }

    public override void Dispose()
    {
        room.Dispose();
        base.Dispose();
    }

    private void Wake() => wake.Writer.TryWrite(true);

    private void Send(Delivery delivery, CancellationToken ct)
    {
        var work = delivery.Kind == DeliveryKind.Event ? EventAsync(delivery, ct) : OnceAsync(delivery, ct);
        Watch(delivery.Id, work);
    }

    /// <summary>After the event before it in the same channel, unless chaos shuffles them.</summary>
    private Task EventAsync(Delivery delivery, CancellationToken ct)
    {
        var fate = bot.FateOf(delivery);
        var lane = lanes.GetValueOrDefault(delivery.OrderKey, Task.CompletedTask);
        return fate.OutOfOrder ? InLaneAsync(delivery, fate, Task.CompletedTask, ct) : lanes[delivery.OrderKey] = InLaneAsync(delivery, fate, lane, ct);
    }

    /// <summary>Keeps a running delivery in sight until it ends.</summary>
    private void Watch(long id, Task work)
    {
        running[id] = work;
        work.ContinueWith(_ => running.TryRemove(id, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task OnceAsync(Delivery delivery, CancellationToken ct)
    {
        var result = new ActResult("dispatch_failed", []);
        try
        {
            var attempt = await bot.PostOnceAsync(delivery, ct);
            result = workspace.Answer(delivery, attempt.Answer);
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Stopping before {Kind} {Id} was answered.", delivery.Kind, delivery.Id);
        }
        finally
        {
            Waiter(delivery).TrySetResult(result);
        }
    }

    /// <summary>Later retries wait outside the lane: order is not worth five minutes.</summary>
    private async Task InLaneAsync(Delivery delivery, EventFate fate, Task before, CancellationToken ct)
    {
        try
        {
            await before;
            await bot.WaitAsync(fate, ct);
            await room.WaitAsync(ct);
            Attempt attempt;
            try
            {
                attempt = await bot.PostAsync(delivery, fate, 0, null, ct);
            }
            finally
            {
                room.Release();
            }

            if (attempt.Answer.Good || attempt.NoRetry)
            {
                Settle(delivery, attempt);
                return;
            }

            Watch(-delivery.Id, RetryAsync(delivery, fate, attempt, ct));
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Stopping before event {EventId} was delivered; it is kept when there is a state file.", delivery.EventId);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            log.LogError(fault, "Event {EventId} was not delivered.", delivery.EventId);
        }
    }

    private async Task RetryAsync(Delivery delivery, EventFate fate, Attempt last, CancellationToken ct)
    {
        try
        {
            for (var retry = 1; retry <= Waits.Length && !last.Answer.Good && !last.NoRetry; retry++)
            {
                await Task.Delay(Waits[retry - 1], clock, ct);
                last = await bot.PostAsync(delivery, fate, retry, last, ct);
            }

            if (!last.Answer.Good)
            {
                log.LogWarning("The bot did not take event {EventId}: {Reason}, status {Status}.", delivery.EventId, last.Reason, last.Answer.Status);
            }

            Settle(delivery, last);
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Stopping before event {EventId} was retried; it is kept when there is a state file.", delivery.EventId);
        }
    }

    private void Settle(Delivery delivery, Attempt last)
    {
        bot.Settles(delivery, last);
        workspace.Answer(delivery, last.Answer);
    }

    private TaskCompletionSource<ActResult> Waiter(Delivery delivery) =>
        answers.GetOrAdd(delivery.Id, _ => new TaskCompletionSource<ActResult>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task StartedAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(ct);
    }

    private string SelfUrl() =>
        options.Value.SelfUrl
        ?? services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?? options.Value.BotUrl;
}
