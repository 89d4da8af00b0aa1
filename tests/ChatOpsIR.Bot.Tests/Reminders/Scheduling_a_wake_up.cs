using ChatOpsIR.Bot.Reminders;
using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.States;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Reminders;

public sealed class Scheduling_a_wake_up : IDisposable
{
    private static readonly DateTimeOffset Now = new(2126, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Now);
    private readonly InMemoryStorage storage = new();
    private readonly JobsOutage outage;
    private readonly LogLines<HangfireReminders> log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Scheduling_a_wake_up() => outage = new JobsOutage(clock, new LogLines<JobsOutage>());

    [Fact]
    public async Task makes_one_job_for_a_bucket_however_many_incidents_and_instances_share_it()
    {
        using var here = Reminders(new BackgroundJobClient(storage));
        using var elsewhere = Reminders(new BackgroundJobClient(storage));
        foreach (var instance in new[] { here, elsewhere })
        {
            instance.WakeAt(Now.AddMinutes(30));
            instance.WakeAt(Now.AddMinutes(30));
            instance.WakeAt(Now.AddMinutes(31));
            await instance.StartAsync(Ct);
            await RemindingBot.UntilAsync("The wake-ups were never taken.", () => Task.FromResult(Scheduled().Length >= 2));
            await instance.StopAsync(Ct);
        }

        Assert.Equal([Now.AddMinutes(30), Now.AddMinutes(31)], Scheduled());
    }

    // The job that a bucket has may have run already, on an instance whose clock is ahead, and found less than there is now.
    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    public async Task makes_another_job_for_a_bucket_whose_second_is_near_or_past(int seconds)
    {
        using var reminders = Reminders(new BackgroundJobClient(storage));
        await reminders.StartAsync(Ct);
        for (var made = 1; made <= 2; made++)
        {
            reminders.WakeAt(Now.AddSeconds(seconds));
            await RemindingBot.UntilAsync("The wake-up was never taken.", () => Task.FromResult(Scheduled().Length == made));
        }

        await reminders.StopAsync(Ct);
    }

    [Fact]
    public async Task that_Hangfire_does_not_take_is_said_once_and_tried_until_it_does()
    {
        var jobs = new Reluctant(new BackgroundJobClient(storage));
        using var reminders = Reminders(jobs);
        reminders.WakeAt(Now.AddMinutes(30));
        reminders.WakeAt(Now.AddMinutes(31));
        await reminders.StartAsync(Ct);
        await ForAWhileAsync(() => jobs.Refused >= 12);
        Assert.Contains("The storage did not answer.", Assert.Single(log.Lines), StringComparison.Ordinal);

        jobs.Willing = true;
        await ForAWhileAsync(() => Scheduled().Length == 2);

        Assert.Equal(2, log.Lines.Count);
        await reminders.StopAsync(Ct);
    }

    [Fact]
    public async Task that_a_database_does_not_take_which_is_down_is_said_by_nobody_else()
    {
        outage.Failed(new TimeoutException());
        var jobs = new Reluctant(new BackgroundJobClient(storage));
        using var reminders = Reminders(jobs);
        reminders.WakeAt(Now.AddMinutes(30));
        await reminders.StartAsync(Ct);
        await ForAWhileAsync(() => jobs.Refused >= 12);

        jobs.Willing = true;
        await ForAWhileAsync(() => Scheduled().Length == 1);

        Assert.Empty(log.Lines);
        await reminders.StopAsync(Ct);
    }

    // After an hour without a database there may be thousands, each of which would bring the same.
    [Fact]
    public async Task is_done_once_for_all_whose_time_has_passed_meanwhile()
    {
        using var reminders = Reminders(new BackgroundJobClient(storage));
        for (var minute = 1; minute <= 100; minute++)
        {
            reminders.WakeAt(Now.AddMinutes(minute));
        }

        clock.Advance(TimeSpan.FromMinutes(99.5));
        await reminders.StartAsync(Ct);
        await RemindingBot.UntilAsync("The wake-ups were never taken.", () => Task.FromResult(Scheduled().Length == 2));
        await reminders.StopAsync(Ct);

        Assert.Equal([Now.AddMinutes(99), Now.AddMinutes(100)], Scheduled());
    }

    public void Dispose() => storage.Dispose();

    private HangfireReminders Reminders(IBackgroundJobClientV2 jobs) => new(new WakeUpJobs(storage, jobs, clock), outage, clock, log);

    private DateTimeOffset[] Scheduled() =>
        [.. storage.GetMonitoringApi().ScheduledJobs(0, 1000).Select(job => new DateTimeOffset(job.Value.EnqueueAt, TimeSpan.Zero)).Order()];

    private Task ForAWhileAsync(Func<bool> isSo) => RemindingBot.UntilAsync("It never came to that.", () =>
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(isSo());
    });

    private sealed class Reluctant(IBackgroundJobClientV2 jobs) : IBackgroundJobClientV2
    {
        private int refused;

        public int Refused => Volatile.Read(ref refused);

        public bool Willing { get; set; }

        public JobStorage Storage => jobs.Storage;

        public string Create(Job job, IState state) => Create(job, state, null!);

        public string Create(Job job, IState state, IDictionary<string, object> parameters)
        {
            if (Willing)
            {
                return jobs.Create(job, state, parameters);
            }

            Interlocked.Increment(ref refused);
            throw new BackgroundJobClientException("Background job creation failed.", new TimeoutException("The storage did not answer."));
        }

        public bool ChangeState(string jobId, IState state, string expectedState) => throw new NotSupportedException();
    }
}
