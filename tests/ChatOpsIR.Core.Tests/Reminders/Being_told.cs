using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Reminders;

public sealed class A_reminder : IDisposable
{
    private readonly TestBot bot = Running();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_told_in_the_room_and_to_those_who_owe_the_update()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "role communications me", room);
        var told = bot.Transcript.Count;
        await bot.LaterAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(
            [
                $"posts in {RoomName}: INC-1: The status update was due 2026-11-24 03:30 UTC.",
                "posts in grace: INC-1: The status update was due 2026-11-24 03:30 UTC.",
                "posts in ada: INC-1: The status update was due 2026-11-24 03:30 UTC.",
            ],
            bot.Transcript.Skip(told));
    }

    [Fact]
    public async Task is_told_once_however_often_and_by_whomever_it_is_woken()
    {
        using var other = bot.Beside();
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(30));
        await Task.WhenAll(bot.Reminding.FireDueAsync(Ct), other.Reminding.FireDueAsync(Ct), bot.Reconciling.RunAsync(Ct), other.Reconciling.RunAsync(Ct));

        Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    [Fact]
    public async Task is_told_once_by_two_instances_that_decide_at_the_same_moment()
    {
        using var other = bot.Beside();
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(30));
        bot.Store.BeforeAppend(() => other.Reminding.FireDueAsync(Ct));
        await bot.Reminding.FireDueAsync(Ct);

        Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    [Fact]
    public async Task is_not_told_before_its_second()
    {
        await bot.DeclaredAsync();
        await bot.LaterAsync(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.Empty((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    // The other instance's clock ran ahead of ours, and it does not wake us again.
    [Fact]
    public async Task is_told_at_its_second_when_it_is_woken_before()
    {
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(2));
        var woken = bot.Reminding.FireAtAsync(Start.AddMinutes(30), Ct);
        bot.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Empty((await bot.FactsAsync(One)).OfType<ReminderFired>());

        bot.Time.Advance(TimeSpan.FromSeconds(0.1));
        await woken;
        Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    [Fact]
    public async Task whose_row_was_lost_is_told_by_the_round_after_it_is_due()
    {
        await bot.DeclaredAsync();
        await bot.Reconciling.RunAsync(Ct);
        await bot.Directory.RemoveDueAsync(new DueRow(Start.AddMinutes(30), One), Ct);
        bot.Time.Advance(TimeSpan.FromMinutes(30));
        await bot.Reconciling.RunAsync(Ct);

        Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    [Fact]
    public async Task keeps_its_row_where_the_clock_is_set_back_while_it_is_told()
    {
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(30));
        var setBack = Afterwards.Around(bot.Directory, nameof(IDirectory.ListDueAsync), () => bot.Time.AdjustTime(Start.AddMinutes(29)));
        await new Reminding(bot.Streams, setBack, bot.Wakes, bot.Policy, bot.Time).FireDueAsync(Ct);
        Assert.Empty((await bot.FactsAsync(One)).OfType<ReminderFired>());

        bot.Time.Advance(TimeSpan.FromMinutes(1));
        await bot.Reminding.FireDueAsync(Ct);
        Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    [Fact]
    public async Task leaves_a_row_and_a_wake_up_for_the_next_one()
    {
        await bot.DeclaredAsync();
        await bot.LaterAsync(TimeSpan.FromMinutes(30));

        var next = Start.AddMinutes(40);
        Assert.Equal([new DueRow(next, One)], await bot.Directory.ListDueAsync(DateTimeOffset.MaxValue, 10, Ct));
        Assert.Equal(next, bot.Wakes.Buckets[^1]);
    }

    [Fact]
    public async Task is_told_after_however_long_a_time_and_goes_on_from_there()
    {
        await bot.DeclaredAsync();
        await bot.LaterAsync(TimeSpan.FromDays(2 * 365));
        await bot.LaterAsync(TimeSpan.FromMinutes(30));

        var fired = (await bot.FactsAsync(One)).OfType<ReminderFired>().ToArray();
        Assert.Equal((2 * 365 * 48, 100), (fired[0].MissedInAll, fired[0].Missed.Length));
        Assert.Equal($"update:1:{2 * 365 * 48}", fired[1].Occurrence);
        Assert.Equal(2, fired.Length);
    }

    [Fact]
    public async Task that_passed_while_nobody_ran_is_told_in_one_message_and_recorded()
    {
        await bot.DeclaredAsync();
        var told = bot.Transcript.Count(line => line.StartsWith($"posts in {RoomName}", StringComparison.Ordinal));
        await bot.LaterAsync(TimeSpan.FromHours(3));

        var fired = Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>());
        Assert.Equal(["update:1:0", "update:1:1", "update:1:2", "update:1:3", "update:1:4", "update:1:5"], fired.Missed);
        Assert.Equal(told + 1, bot.Transcript.Count(line => line.StartsWith($"posts in {RoomName}", StringComparison.Ordinal)));
        Assert.Contains(
            $"posts in {RoomName}: INC-1: The status update is late; the backup is called, as of 2026-11-24 03:40 UTC. 6 reminders before it were missed.",
            bot.Transcript);
    }

    [Fact]
    public async Task goes_on_at_its_own_hours_after_a_long_stop()
    {
        await bot.DeclaredAsync();
        await bot.LaterAsync(TimeSpan.FromHours(3));
        await bot.LaterAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(Start.AddHours(3.5), (await bot.FactsAsync(One)).OfType<ReminderFired>().Last().DueAt);
    }

    [Theory]
    [InlineData("resolve INC-1 done")]
    [InlineData("snooze INC-1 2h waiting for the vendor")]
    [InlineData("severity INC-1 sev:3")]
    public async Task does_not_come_after(string line)
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, line);
        await bot.LaterAsync(TimeSpan.FromMinutes(45));

        Assert.Empty((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    [Fact]
    public async Task does_not_come_for_a_closed_incident_whose_row_was_left_behind()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve INC-1 done");
        await bot.SaysAsync(Ada, "close INC-1");
        await bot.LaterAsync(TimeSpan.FromDays(1));

        Assert.Empty((await bot.FactsAsync(One)).OfType<ReminderFired>());
        Assert.Empty(await bot.Directory.ListDueAsync(DateTimeOffset.MaxValue, 10, Ct));
    }

    [Fact]
    public async Task comes_at_the_end_of_a_snooze()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "snooze INC-1 2h waiting for the vendor");
        await bot.LaterAsync(TimeSpan.FromHours(2));

        Assert.Equal(Start.AddHours(2), Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>()).DueAt);
    }

    [Fact]
    public async Task comes_one_cadence_after_an_update()
    {
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(20));
        await bot.SaysAsync(Ada, "update INC-1 better");
        await bot.LaterAsync(TimeSpan.FromMinutes(29));
        Assert.Empty((await bot.FactsAsync(One)).OfType<ReminderFired>());

        await bot.LaterAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Start.AddMinutes(50), Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>()).DueAt);
    }

    [Fact]
    public async Task reaches_the_incidents_behind_one_whose_stream_fails()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "declare Search is slow sev:1");
        bot.Time.Advance(TimeSpan.FromMinutes(30));
        bot.Store.BeforeAppend(() =>
        {
            bot.Store.FailAppend();
            return Task.FromException(new StoreException("The store did not answer."));
        });

        await Assert.ThrowsAsync<StoreException>(() => bot.Reminding.FireDueAsync(Ct));
        Assert.Single((await bot.FactsAsync(new Record.IncidentId(2))).OfType<ReminderFired>());

        await bot.Reminding.FireDueAsync(Ct);
        Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    [Fact]
    public async Task is_brought_back_by_the_reconciler_also_behind_an_incident_that_makes_no_sense()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "declare Search is slow sev:1");
        foreach (var row in await bot.Directory.ListDueAsync(DateTimeOffset.MaxValue, 10, Ct))
        {
            await bot.Directory.RemoveDueAsync(row, Ct);
        }

        bot.Time.Advance(TimeSpan.FromMinutes(30));
        bot.Store.Sick = One.Stream;

        Assert.Contains("INC-1", (await Assert.ThrowsAsync<RoundIncompleteException>(() => bot.Reconciling.RunAsync(Ct))).Message, StringComparison.Ordinal);
        Assert.Single((await bot.FactsAsync(new Record.IncidentId(2))).OfType<ReminderFired>());
    }

    [Fact]
    public async Task is_brought_back_by_the_reconciler_when_its_row_is_lost()
    {
        await bot.DeclaredAsync();
        foreach (var row in await bot.Directory.ListDueAsync(DateTimeOffset.MaxValue, 10, Ct))
        {
            await bot.Directory.RemoveDueAsync(row, Ct);
        }

        bot.Time.Advance(TimeSpan.FromMinutes(30));
        await bot.Reconciling.RunAsync(Ct);

        Assert.Single((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    public void Dispose() => bot.Dispose();
}

public sealed class An_unanswered_offer : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task is_told_once_in_the_room_and_to_both_sides()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "role communications @grace", room);
        var told = bot.Transcript.Count;
        await bot.LaterAsync(TimeSpan.FromMinutes(10));
        await bot.LaterAsync(TimeSpan.FromMinutes(10));

        const string Sentence = "INC-1: The role Communications Officer has not been accepted since it was offered.";
        Assert.Equal([$"posts in {RoomName}: {Sentence}", $"posts in grace: {Sentence}", $"posts in ada: {Sentence}"], bot.Transcript.Skip(told));
    }

    [Fact]
    public async Task is_not_told_once_accepted()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "role communications @grace", room);
        await bot.SaysAsync(Grace, "accept", room);
        await bot.LaterAsync(TimeSpan.FromMinutes(15));

        Assert.Empty((await bot.FactsAsync(One)).OfType<ReminderFired>());
    }

    public void Dispose() => bot.Dispose();
}
