using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class An_incident_whose_lease_somebody_holds : IDisposable
{
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(5);

    private readonly TestBot bot = Running();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_left_alone_until_the_lease_runs_out()
    {
        await bot.Storage.Leases.TryTakeAsync(One, Ct);
        await bot.DeclaredAsync();
        bot.Time.Advance(LeaseLength - TimeSpan.FromSeconds(1.5));
        Assert.Empty(bot.Transcript);

        bot.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains($"opens room {RoomName}", bot.Transcript);
    }

    [Fact]
    public async Task is_taken_over_with_a_look_at_what_may_have_been_done()
    {
        await bot.Storage.Leases.TryTakeAsync(One, Ct);
        await bot.DeclaredAsync();
        bot.Time.Advance(2 * LeaseLength);

        Assert.Equal($"looks for {RoomName}", bot.Transcript[0]);
    }

    [Fact]
    public async Task is_taken_over_without_a_look_when_the_holder_gave_it_back()
    {
        var lease = await bot.Storage.Leases.TryTakeAsync(One, Ct);
        await bot.Storage.Leases.ReleaseAsync(lease!, 0, Ct);
        await bot.DeclaredAsync();

        Assert.Equal($"opens room {RoomName}", bot.Transcript[0]);
    }

    [Fact]
    public async Task is_finished_by_another_after_its_holder_died_between_doing_and_recording()
    {
        using var other = bot.Beside();
        bot.Hall.Troubles.Hold($"pins m/1");
        await bot.DeclaredAsync();
        bot.Stop();
        other.Work();
        other.Bell.Ring(One);
        bot.Time.Advance(2 * LeaseLength);

        Assert.Empty((await other.IncidentAsync(One)).Pending);
        Assert.Equal(2, bot.Transcript.Count(line => line.StartsWith("pins", StringComparison.Ordinal)));
        Assert.Single(bot.Hall.Visible(RoomName));
    }

    [Fact]
    public async Task is_given_up_by_a_holder_who_finds_it_lost()
    {
        using var other = bot.Beside(new RenewalsSay(false, bot.Storage.Leases));
        other.Hall.Troubles.Hold("invites");
        other.Work();
        await other.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.IsAssignableFrom<OperationCanceledException>(Assert.Single(other.Reports));
        Assert.NotEmpty((await other.IncidentAsync(One)).Pending);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task is_given_up_by_a_holder_whose_store_is_silent_before_it_can_have_run_out(bool fails)
    {
        using var other = bot.Beside(new Silent(bot.Storage.Leases, fails));
        other.Hall.Troubles.Hold("invites");
        other.Work();
        await other.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.DoesNotContain(other.Reports, problem => problem is OperationCanceledException);

        bot.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Single(other.Reports, problem => problem is OperationCanceledException);
    }

    public void Dispose() => bot.Dispose();

    /// <summary>Gives leases that are never renewed.</summary>
    private sealed class Silent(ILeases inner, bool fails) : ILeases
    {
        public Task<Lease?> TryTakeAsync(IncidentId incident, CancellationToken cancellationToken) => inner.TryTakeAsync(incident, cancellationToken);

        public async Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken)
        {
            await (fails ? Task.FromException(new StoreException("No answer.")) : new TaskCompletionSource().Task.WaitAsync(cancellationToken));
            return true;
        }

        public Task ReleaseAsync(Lease lease, long settledThrough, CancellationToken cancellationToken) => inner.ReleaseAsync(lease, settledThrough, cancellationToken);
    }
}

public sealed class A_runner_that_slept_through_its_lease : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task deletes_its_post_when_another_has_made_the_same_meanwhile()
    {
        using var sleeper = bot.Beside(new RenewalsSay(true, bot.Storage.Leases));
        var hold = sleeper.Hall.Troubles.Hold($"posts in {RoomName}");
        sleeper.Work();
        await sleeper.DeclaredAsync();
        bot.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(bot.Hall.Visible(RoomName));

        hold.SetResult();
        Assert.Contains($"deletes m/2 in {RoomName}", bot.Transcript);
        Assert.Single(bot.Hall.Visible(RoomName));
        Assert.Equal(bot.Hall.Visible(RoomName).Single().Id, (await bot.IncidentAsync(One)).Card!.Message.Id);
    }

    [Fact]
    public async Task deletes_its_post_when_the_platform_tells_of_it_before_it_answers()
    {
        using var sleeper = bot.Beside(new RenewalsSay(true, bot.Storage.Leases));
        var hold = sleeper.Hall.Troubles.Hold($"posts in {RoomName}");
        sleeper.Work();
        await sleeper.DeclaredAsync();
        bot.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        bot.Hall.Posted = message =>
        {
            bot.Hall.Posted = null;
            return bot.Desk.RecordAsync(bot.Hall.EchoOf(message), TestContext.Current.CancellationToken);
        };
        hold.SetResult();

        Assert.Equal("m/1", Assert.Single(bot.Hall.Visible(RoomName)).Id);
    }

    [Fact]
    public async Task deletes_what_it_told_a_person_twice()
    {
        using var sleeper = bot.Beside(new RenewalsSay(true, bot.Storage.Leases));
        var hold = sleeper.Hall.Troubles.Hold("posts in ada");
        sleeper.Work();
        await sleeper.DeclaredAsync();
        bot.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        hold.SetResult();

        Assert.Contains("deletes m/2 in ada", bot.Transcript);
        Assert.Single(bot.Hall.Visible("ada"));
    }

    [Theory]
    [InlineData("posts in ada", "ada", false)]
    [InlineData("posts in ada", "ada", true)]
    [InlineData("posts in notices", "notices", false)]
    [InlineData("posts in notices", "notices", true)]
    public async Task and_knows_it_still_hears_what_became_of_its_post(string post, string place, bool answerIsLost)
    {
        using var sleeper = bot.Beside(new RenewalsSay(false, bot.Storage.Leases));
        var hold = sleeper.Hall.Troubles.Hold(post, answerIsLost);
        sleeper.Work();
        await sleeper.DeclaredAsync();
        bot.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(bot.Hall.Visible(place));

        hold.SetResult();
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("m/1", Assert.Single(bot.Hall.Visible(place)).Id);
        Assert.Contains($"deletes m/2 in {place}", bot.Transcript);
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task and_knows_it_records_its_post_when_the_store_answers_again()
    {
        using var sleeper = bot.Beside(new RenewalsSay(false, bot.Storage.Leases));
        var hold = sleeper.Hall.Troubles.Hold("posts in ada");
        sleeper.Work();
        await sleeper.DeclaredAsync();
        bot.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));

        // Once is not enough: a writer reads again and goes on.
        sleeper.Store.BeforeAppend(() =>
        {
            sleeper.Store.FailAppend();
            return Task.FromException(new StoreException("The store did not answer."));
        });
        hold.SetResult();
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        bot.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("m/1", Assert.Single(bot.Hall.Visible("ada")).Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task has_the_card_painted_again_over_the_old_one_that_it_painted(bool answerIsLost)
    {
        using var sleeper = bot.Beside(new RenewalsSay(false, bot.Storage.Leases));
        sleeper.Work();
        var room = await sleeper.DeclaredAsync();
        var hold = sleeper.Hall.Troubles.Hold("repaints", answerIsLost);
        await sleeper.SaysAsync(Ada, "severity sev:2", room);
        await bot.SaysAsync(Ada, "severity sev:3", room);
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        hold.SetResult();
        bot.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("SEV3", bot.Hall.Visible(RoomName).First().Card.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task deletes_it_later_when_the_platform_does_not_answer()
    {
        using var sleeper = bot.Beside(new RenewalsSay(true, bot.Storage.Leases));
        var hold = sleeper.Hall.Troubles.Hold($"posts in {RoomName}");
        bot.Hall.Troubles.Fail("deletes", new ChatOutcomeUnknownException("No answer."));
        sleeper.Work();
        await sleeper.DeclaredAsync();
        bot.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        hold.SetResult();
        bot.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("m/1", Assert.Single(bot.Hall.Visible(RoomName)).Id);
    }

    [Fact]
    public async Task keeps_its_post_when_the_platform_told_us_of_that_very_post_first()
    {
        var room = await bot.DeclaredAsync();
        var hold = bot.Hall.Troubles.Hold($"posts in {RoomName}");
        var note = bot.SaysAsync(Ada, "note The vendor confirms", room);
        hold.SetResult();
        await note;
        await bot.Desk.RecordAsync(bot.Hall.EchoOf(bot.Hall.Visible(RoomName).Last()), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(bot.Transcript, line => line.StartsWith("deletes", StringComparison.Ordinal));
        Assert.Equal(2, (await bot.FactsAsync(One)).OfType<ChatRecord>().Count());
    }

    public void Dispose() => bot.Dispose();
}

public sealed class A_post_that_arrives_after_it_was_given_up : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task is_taken_back_when_another_was_made_in_its_place()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Fail($"posts in {RoomName}", new ChatOutcomeUnknownException("No answer."));
        await bot.SaysAsync(Ada, "note The vendor confirms", room);
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        await bot.Desk.RecordAsync(bot.Hall.EchoOf(bot.Hall.Delivers(RoomName, bot.Hall.Visible(RoomName).Last())), TestContext.Current.CancellationToken);

        Assert.Contains($"deletes m/3 in {RoomName}", bot.Transcript);
        Assert.Equal(["m/1", "m/2"], bot.Hall.Visible(RoomName).Select(message => message.Id));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task stays_when_it_is_the_only_one()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Fail($"posts in {RoomName}", new ChatRefusedException("full", "The room is full."));
        await bot.SaysAsync(Ada, "note The vendor confirms", room);
        var key = Assert.Single((await bot.FactsAsync(One)).OfType<Incidents.EffectFailed>()).Effect;
        await bot.Desk.RecordAsync(bot.Hall.EchoOf(bot.Hall.Delivers(RoomName, bot.Hall.Visible(RoomName).Last() with { Effect = key })), TestContext.Current.CancellationToken);

        Assert.Equal(2, bot.Hall.Visible(RoomName).Count());
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    public void Dispose() => bot.Dispose();
}

public sealed class A_post_outside_the_war_room_that_the_platform_tells_of : IDisposable
{
    private readonly TestBot bot = Running();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ada")]
    [InlineData("notices")]
    public async Task is_taken_back_when_another_keeps_its_promise_and_nobody_is_left_who_made_it(string place)
    {
        await bot.DeclaredAsync();
        await HearAsync(place, bot.Hall.Delivers(place, bot.Hall.Visible(place).Single()));

        Assert.Equal("m/1", Assert.Single(bot.Hall.Visible(place)).Id);
        Assert.Contains($"deletes m/2 in {place}", bot.Transcript);
    }

    [Fact]
    public async Task is_taken_back_when_a_subscriber_was_told_before()
    {
        await bot.SaysAsync(Grace, "subscribe all");
        await bot.DeclaredAsync();
        await HearAsync("grace", bot.Hall.Delivers("grace", bot.Hall.Visible("grace").Last()));

        Assert.Single(bot.Hall.Visible("grace"));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("notices")]
    public async Task changes_nothing_when_it_is_on_record(string place)
    {
        await bot.DeclaredAsync();
        var facts = await bot.FactsAsync(One);
        await HearAsync(place, bot.Hall.Visible(place).Single());

        Assert.Equal(facts, await bot.FactsAsync(One));
    }

    [Fact]
    public async Task is_recorded_when_whoever_made_it_died_and_is_not_made_again()
    {
        using var other = bot.Beside();
        other.Hall.Troubles.Hold("posts in ada");
        bot.Stop();
        other.Work();
        await other.DeclaredAsync();
        var key = (await other.IncidentAsync(One)).Pending.Single(pending => pending.Effect is Reactions.SendDutyCard).Key;
        await bot.Desk.HearEchoAsync(key, new MessageId(new RoomId("hall", "ada"), "m/9"), Ct);

        Assert.DoesNotContain((await bot.IncidentAsync(One)).Pending, pending => pending.Key == key);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(999, 0)]
    [InlineData(0, 0)]
    public async Task changes_nothing_when_its_mark_is_of_another_record(int version, int index)
    {
        await bot.DeclaredAsync();
        var facts = await bot.FactsAsync(One);
        await bot.Desk.HearEchoAsync(new EffectKey(One.Stream, version, index), new MessageId(new RoomId("hall", "ada"), "m/9"), Ct);
        await bot.Desk.HearEchoAsync(new EffectKey(new StreamId("INC-7"), 1, 0), new MessageId(new RoomId("hall", "ada"), "m/9"), Ct);

        Assert.Equal(facts, await bot.FactsAsync(One));
    }

    public void Dispose() => bot.Dispose();

    private Task HearAsync(string place, HallMessage message)
    {
        var echo = bot.Hall.EchoOf(message);
        Assert.Contains(message, bot.Hall.Visible(place));
        return bot.Desk.HearEchoAsync(echo.Record.Effect!.Value, new MessageId(echo.Record.Room, echo.Record.MessageId), Ct);
    }
}

/// <summary>Renews nothing, and says that every renewal went well, or that the lease is lost.</summary>
file sealed class RenewalsSay(bool renewed, ILeases inner) : ILeases
{
    public Task<Lease?> TryTakeAsync(IncidentId incident, CancellationToken cancellationToken) => inner.TryTakeAsync(incident, cancellationToken);

    public Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken) => Task.FromResult(renewed);

    public Task ReleaseAsync(Lease lease, long settledThrough, CancellationToken cancellationToken) => inner.ReleaseAsync(lease, settledThrough, cancellationToken);
}
