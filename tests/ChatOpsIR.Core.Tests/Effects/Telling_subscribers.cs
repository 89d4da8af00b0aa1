using System.Globalization;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class Telling_many : IDisposable
{
    private readonly TestBot bot = Running();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task goes_on_after_one_who_is_refused_and_records_it()
    {
        var room = await SubscribedAsync();
        bot.Hall.Troubles.Fail("posts in grace", new ChatRefusedException("user_disabled", "No such account."));
        await bot.SaysAsync(Ada, "update Errors are falling", room);

        Assert.Single(bot.Hall.Visible("linus"));
        var result = await ResultAsync();
        Assert.Equal([Linus], result.Told);
        Assert.Equal([new NotTold(Grace, "user_disabled")], result.NotTold);
        Assert.Contains("Told one subscriber in person. Not told: @8:grace (user_disabled).", PlainText.Of(FactSentence.Of(result, null, bot.Policy)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_nobody_twice_when_a_runner_slept_until_its_ledger_was_gone()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "subscribe", room);
        bot.Time.Advance(TimeSpan.FromHours(2));
        var asleep = bot.Hall.Troubles.Hold("looks up grace");
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        using var other = bot.Beside(new GivenToAll());
        other.Work();
        other.Bell.Ring(One);
        await other.SaysAsync(Ada, "resolve Rolled back", room);
        await other.SaysAsync(Ada, "close", room);
        bot.Time.Advance(Reconciling.KeptAfterTouch);
        await other.Reconciling.RunAsync(Ct);
        Assert.Empty(await bot.Directory.ListActiveAsync(Ct));

        asleep.SetResult();
        bot.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(bot.Hall.Visible("grace"), message => PlainText.Of(message.Card).Contains("Errors are falling", StringComparison.Ordinal));
    }

    [Fact]
    public async Task goes_on_after_one_of_whom_nobody_can_tell_and_looks_before_it_tries_again()
    {
        var room = await SubscribedAsync();
        bot.Hall.Troubles.Lose("posts in grace");
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        Assert.Single(bot.Hall.Visible("linus"));

        bot.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, bot.Transcript.Count(line => line == "looks in grace"));
        Assert.Single(bot.Hall.Visible("grace"));
        Assert.Equal([Grace, Linus], (await ResultAsync()).Told);
    }

    [Fact]
    public async Task waits_as_long_as_the_platform_asks_and_begins_nothing_anew()
    {
        var room = await SubscribedAsync();
        bot.Hall.Troubles.Fail("posts in grace", new ChatRateLimitedException(TimeSpan.FromSeconds(30)));
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        bot.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(bot.Hall.Visible("linus"));

        bot.Time.Advance(TimeSpan.FromSeconds(2));
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(bot.Hall.Visible("grace"));
        Assert.Single(bot.Hall.Visible("linus"));
        Assert.Equal([Grace, Linus], (await ResultAsync()).Told);
    }

    [Fact]
    public async Task leaves_out_who_unsubscribes_while_others_are_told()
    {
        var room = await SubscribedAsync();
        var hold = bot.Hall.Troubles.Hold("posts in grace");
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        await bot.SaysAsync(Linus, "unsubscribe", room);
        hold.SetResult();

        Assert.Empty(bot.Hall.Visible("linus"));
        Assert.Equal([new NotTold(Linus, "unsubscribed")], (await ResultAsync()).NotTold);
    }

    [Fact]
    public async Task drops_at_once_whoever_is_where_the_bot_is_not()
    {
        var room = await SubscribedAsync();
        var elsewhere = new PersonId("telegraph", "west", "7:otto");
        var stamp = new Stamp("telegraph:1", Start, Actor.Of(elsewhere), Source.Live);
        await new Subscribing(bot.Streams).SubscribeAsync(elsewhere, Topic.Everything, null, stamp, TestContext.Current.CancellationToken);

        await bot.SaysAsync(Ada, "update Errors are falling", room);

        Assert.Equal([new NotTold(elsewhere, "no-platform")], (await ResultAsync()).NotTold);
    }

    [Fact]
    public async Task is_for_those_who_had_subscribed_when_it_began()
    {
        var room = await SubscribedAsync();
        var hold = bot.Hall.Troubles.Hold("posts in grace");
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        await bot.SaysAsync(Ada, "subscribe", room);
        hold.SetResult();

        Assert.Equal([Grace, Linus], (await ResultAsync()).Told);
    }

    [Fact]
    public async Task does_not_hold_up_the_war_room()
    {
        var room = await SubscribedAsync();
        bot.Hall.Troubles.Hold("posts in grace");
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        await bot.SaysAsync(Ada, "update They are gone", room);

        Assert.Contains(bot.Hall.Visible(RoomName), message => message.Card.Summary.Contains("They are gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task is_finished_by_another_after_its_runner_died_in_the_middle()
    {
        var room = await SubscribedAsync();
        using var other = bot.Beside();
        bot.Hall.Troubles.Hold("posts in linus");
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        bot.Stop();
        other.Work();
        other.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Single(bot.Hall.Visible("grace"));
        Assert.Single(bot.Hall.Visible("linus"));
        Assert.DoesNotContain("looks in grace", bot.Transcript);
        Assert.Equal([Grace, Linus], (await ResultAsync()).Told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task tells_each_once_wherever_its_runner_dies(bool afterTheCall)
    {
        var deaths = 0;
        for (var isOver = false; !isOver; deaths++)
        {
            using var world = Running();
            var room = await SubscribedAsync(world);
            world.Stop();
            await world.SaysAsync(Ada, "update Errors are falling", room);

            var fuse = new Fuse(deaths + 1, afterTheCall);
            using var dying = world.Beside(fuse);
            dying.Work();
            dying.Bell.Ring(One);
            isOver = !fuse.IsBlown;

            using var other = world.Beside();
            other.Work();
            other.Bell.Ring(One);
            world.Time.Advance(TimeSpan.FromSeconds(10));
            world.Time.Advance(TimeSpan.FromSeconds(10));

            var result = await ResultAsync(world);
            Assert.True(result.Told is [var first, var second] && (first, second) == (Grace, Linus), $"After {deaths + 1} calls: {string.Join(", ", result.Told)}.");
            Assert.True(world.Hall.Visible("grace").Count() == 1 && world.Hall.Visible("linus").Count() == 1, $"After {deaths + 1} calls somebody was told twice, or not.");
            Assert.Empty((await other.IncidentAsync(One)).Pending);
        }

        Assert.True(deaths > 20, $"It died {deaths} times only.");
    }

    [Fact]
    public async Task reaches_those_who_come_after_many_for_whom_nobody_vouches()
    {
        var room = await bot.DeclaredAsync();
        PersonId[] lost = [.. Enumerable.Range(1, 7).Select(number => new PersonId(TranscriptPlatform.Product, TranscriptPlatform.House, $"8:a{number}"))];
        foreach (var person in lost.Append(Linus))
        {
            await bot.SaysAsync(person, "subscribe", room);
        }

        bot.Time.Advance(TimeSpan.FromHours(2));
        foreach (var person in lost)
        {
            bot.Hall.Troubles.Fail($"looks up {person.User[2..]}", new ChatOutcomeUnknownException("No answer."), times: 1000);
        }

        await bot.SaysAsync(Ada, "update Errors are falling", room);
        bot.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(bot.Hall.Visible("linus"));
    }

    [Fact]
    public async Task is_recorded_once_after_its_runner_died_between_the_last_message_and_the_record()
    {
        var room = await SubscribedAsync();
        using var other = bot.Beside();
        bot.Hall.Posted = message =>
        {
            if (bot.Hall.Visible("linus").Contains(message))
            {
                bot.Hall.Posted = null;
                bot.Stop();
                throw new ChatOutcomeUnknownException("The process is gone.");
            }

            return Task.CompletedTask;
        };
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        other.Work();
        other.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Single(bot.Hall.Visible("grace"));
        Assert.Single(bot.Hall.Visible("linus"));
        Assert.Equal([Grace, Linus], (await ResultAsync()).Told);
    }

    [Fact]
    public async Task takes_back_what_a_runner_told_that_slept_through_its_lease()
    {
        var room = await SubscribedAsync();
        using var sleeper = bot.Beside(new NeverLost(bot.Storage.Leases));
        bot.Stop();
        var hold = bot.Hall.Troubles.Hold("posts in grace");
        sleeper.Work();
        await sleeper.SaysAsync(Ada, "update Errors are falling", room);
        using var other = sleeper.Beside();
        other.Work();
        other.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(bot.Hall.Visible("grace"));

        hold.SetResult();
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("m/1", Assert.Single(bot.Hall.Visible("grace")).Id);
        Assert.Contains("deletes m/2 in grace", bot.Transcript);
        Assert.Single(bot.Hall.Visible("linus"));
        Assert.Single((await bot.FactsAsync(One)).OfType<SubscribersTold>(), told => told.Told.Length > 0);
    }

    [Fact]
    public async Task gives_up_on_one_who_cannot_be_reached_and_sooner_while_newer_news_waits()
    {
        var room = await SubscribedAsync();
        bot.Hall.Troubles.Fail("posts in grace", new ChatOutcomeUnknownException("No answer."), times: 100);
        bot.Hall.Troubles.Fail("looks in grace", new ChatOutcomeUnknownException("No answer."), times: 100);
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        await bot.SaysAsync(Ada, "update They are gone", room);
        Assert.Single(bot.Hall.Visible("linus"));
        for (var seconds = 0; seconds < 420; seconds += 10)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(2, bot.Hall.Visible("linus").Count());
        Assert.Equal([new NotTold(Grace, "no-answer")], (await ResultAsync()).NotTold);
    }

    [Fact]
    public async Task reaches_all_of_a_large_organisation_once_and_says_so_in_one_entry()
    {
        var room = await bot.DeclaredAsync();
        var people = Enumerable.Range(0, 600).Select(i => Ada with { User = string.Create(CultureInfo.InvariantCulture, $"8:reader{i}") }).ToArray();
        foreach (var person in people)
        {
            await bot.SaysAsync(person, "subscribe sev:2");
        }

        await bot.SaysAsync(Ada, "update Errors are falling", room);

        Assert.Equal(600, bot.Transcript.Count(line => line.StartsWith("posts in reader", StringComparison.Ordinal)));
        var result = await ResultAsync();
        Assert.Equal((500, 600), (result.Told.Length, result.ToldInAll));
    }

    [Fact]
    public async Task forgets_the_ledgers_once_the_incident_is_closed()
    {
        var room = await SubscribedAsync();
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        var key = (await ResultAsync()).Effect;
        Assert.Equal(2, (await bot.Directory.ReadLedgerAsync(key, Ct)).Length);

        await bot.SaysAsync(Ada, "resolve Rolled back", room);
        await bot.SaysAsync(Ada, "close", room);
        bot.Time.Advance(Reconciling.KeptAfterTouch);
        await bot.Reconciling.RunAsync(Ct);
        Assert.Empty(await bot.Directory.ReadLedgerAsync(key, Ct));
    }

    public void Dispose() => bot.Dispose();

    // Grace and Linus want to hear of INC-1.
    private Task<RoomId> SubscribedAsync() => SubscribedAsync(bot);

    private static async Task<RoomId> SubscribedAsync(TestBot bot)
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "subscribe", room);
        await bot.SaysAsync(Linus, "subscribe", room);
        return room;
    }

    // What came of telling the first update.
    private Task<SubscribersTold> ResultAsync() => ResultAsync(bot);

    private static async Task<SubscribersTold> ResultAsync(TestBot bot)
    {
        var entries = (await bot.Storage.Streams.ReadAsync(One.Stream, 0, 1000, Ct)).Entries;
        var update = entries.First(entry => entry.Fact is UpdatePosted);
        var key = new EffectKey(One.Stream, update.Version, update.Effects.IndexOf(new TellSubscribers()));
        return Assert.Single(entries.Select(entry => entry.Fact).OfType<SubscribersTold>(), told => told.Effect == key);
    }

    /// <summary>Renews nothing, and says that every renewal went well.</summary>
    private sealed class NeverLost(ILeases inner) : ILeases
    {
        public Task<Lease?> TryTakeAsync(IncidentId incident, CancellationToken cancellationToken) => inner.TryTakeAsync(incident, cancellationToken);

        public Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task ReleaseAsync(Lease lease, long settledThrough, CancellationToken cancellationToken) => inner.ReleaseAsync(lease, settledThrough, cancellationToken);
    }
}

/// <summary>Leases that everybody gets, as if their last holders had slept through theirs.</summary>
file sealed class GivenToAll : ILeases
{
    public Task<Lease?> TryTakeAsync(IncidentId incident, CancellationToken cancellationToken) => Task.FromResult<Lease?>(new Lease(incident, "other", 99, null));

    public Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task ReleaseAsync(Lease lease, long settledThrough, CancellationToken cancellationToken) => Task.CompletedTask;
}
