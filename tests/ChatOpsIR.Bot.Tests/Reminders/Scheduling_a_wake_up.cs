using ChatOpsIR.Bot.Reminders;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Reminders;

public sealed class Scheduling_a_wake_up
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void makes_one_job_for_a_bucket_however_many_incidents_share_it()
    {
        var jobs = new Counting();
        var reminders = Reminders(jobs);
        reminders.WakeAt(Now.AddMinutes(30));
        reminders.WakeAt(Now.AddMinutes(30));
        reminders.WakeAt(Now.AddMinutes(31));

        Assert.Equal([Now.AddMinutes(30), Now.AddMinutes(31)], jobs.Scheduled);
    }

    [Fact]
    public void that_Hangfire_does_not_take_harms_nobody_who_asks() => Reminders(new Dead()).WakeAt(Now.AddMinutes(30));

    private static HangfireReminders Reminders(IBackgroundJobClientV2 jobs) => new(jobs, new FakeTimeProvider(Now), NullLogger<HangfireReminders>.Instance);

    private sealed class Counting : IBackgroundJobClientV2
    {
        public List<DateTimeOffset> Scheduled { get; } = [];

        public JobStorage Storage => throw new NotSupportedException();

        public string Create(Job job, IState state) => Create(job, state, null!);

        public string Create(Job job, IState state, IDictionary<string, object> parameters)
        {
            Scheduled.Add(new DateTimeOffset(((ScheduledState)state).EnqueueAt, TimeSpan.Zero));
            return "1";
        }

        public bool ChangeState(string jobId, IState state, string expectedState) => throw new NotSupportedException();
    }

    private sealed class Dead : IBackgroundJobClientV2
    {
        public JobStorage Storage => throw new NotSupportedException();

        public string Create(Job job, IState state) => Create(job, state, null!);

        public string Create(Job job, IState state, IDictionary<string, object> parameters) =>
            throw new BackgroundJobClientException("The storage did not answer.", new TimeoutException());

        public bool ChangeState(string jobId, IState state, string expectedState) => throw new NotSupportedException();
    }
}
