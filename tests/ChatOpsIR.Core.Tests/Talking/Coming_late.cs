using System.Globalization;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Somebody_who_comes_late : IDisposable
{
    private readonly TestBot bot = Running();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task hears_everything_when_they_were_never_there()
    {
        var room = await bot.DeclaredAsync();
        await SaysInRoomAsync(Ada, "Looking at the load balancer");
        await SaysInRoomAsync(Linus, "So am I");
        await bot.SaysAsync(Ada, "severity sev:2 one region only", room);
        await bot.SaysAsync(Ada, "note The vendor confirms", room);
        await bot.SaysAsync(Ada, "update Rollback done", room);

        var told = await bot.AsksAsync(Grace, "catchup", room);
        Assert.Contains("What happened from the beginning: you have not been heard of here before.", told, StringComparison.Ordinal);
        Assert.Contains("Severity: SEV2", told, StringComparison.Ordinal);
        Assert.Contains("Incident Manager: @8:ada", told, StringComparison.Ordinal);
        Assert.Contains("2026-11-24 03:00 UTC @8:ada changed the severity from SEV1 to SEV2: one region only", told, StringComparison.Ordinal);
        Assert.Contains("@8:ada noted: The vendor confirms", told, StringComparison.Ordinal);
        Assert.Contains("Rollback done", told, StringComparison.Ordinal);
        Assert.Contains("2 messages by 2 people.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task hears_what_happened_since_their_own_last_words()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "note Before", room);
        await SaysInRoomAsync(Grace, "I am off for lunch");
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        await bot.SaysAsync(Ada, "note After", room);

        var told = await bot.AsksAsync(Grace, "catchup", room);
        Assert.Contains("since you were last heard of here, 2026-11-24 03:00 UTC", told, StringComparison.Ordinal);
        Assert.Contains("noted: After", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Before", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task hears_what_happened_since_their_own_last_order()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "note Before", room);
        await bot.SaysAsync(Grace, "role scribe me", room);
        Assert.DoesNotContain("Before", await bot.AsksAsync(Grace, "catchup", room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_not_told_that_they_asked_just_now()
    {
        var room = await bot.DeclaredAsync();
        var asked = await SaysInRoomAsync(Grace, "!incident catchup");
        var told = await bot.AsksAsync(Grace, "catchup", room, cause: $"{asked.Stamp.CauseKey}:cmd");
        Assert.Contains("from the beginning", told, StringComparison.Ordinal);
        Assert.DoesNotContain("1 message", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task hears_of_as_long_as_they_ask_for()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "note Before", room);
        bot.Time.Advance(TimeSpan.FromHours(3));
        await bot.SaysAsync(Ada, "note After", room);

        var told = await bot.AsksAsync(Grace, "catchup 2h", room);
        Assert.Contains("noted: After", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Before", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task hears_that_nothing_happened()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "note Here I am", room);
        Assert.Contains("Nothing happened since.", await bot.AsksAsync(Grace, "catchup", room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task hears_where_the_record_has_a_gap()
    {
        var room = await bot.DeclaredAsync();
        var gap = new ChatRecord(ChatKind.Gap, room, "") { Text = "I was removed from the war room." };
        await bot.Streams.RecordAsync(One, new RecordedMessage(new Stamp("hall:gone", Start, null, Source.Live), gap), Ct);

        var told = await bot.AsksAsync(Grace, "catchup", room);
        Assert.Contains("Missing in the record", told, StringComparison.Ordinal);
        Assert.Contains("I was removed from the war room.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task may_see_no_more_than_by_status()
    {
        await bot.SaysAsync(Ada, "declare Payroll data leaked sev:1 private");
        Assert.Equal(await bot.AsksAsync(Linus, "catchup INC-99"), await bot.AsksAsync(Linus, "catchup INC-1"));
    }

    [Fact]
    public async Task is_told_how_far_back_it_goes_when_it_ends_early()
    {
        var room = await bot.DeclaredAsync();
        for (var from = 0; from < 11_000; from += 1000)
        {
            await Task.WhenAll(Enumerable.Range(from, 1000).Select(i => bot.Streams.RecordAsync(One, Message(room, i), Ct)));
        }

        var reads = bot.Store.Reads;
        var told = await bot.AsksAsync(Grace, "catchup", room);
        Assert.Contains("That is as far as I looked back: 10,000 entries", told, StringComparison.Ordinal);
        Assert.Contains("10,000 messages by one person.", told, StringComparison.Ordinal);
        Assert.InRange(bot.Store.Reads - reads, 20, 22);
    }

    [Fact]
    public async Task who_says_more_than_how_long_is_told_how_to_ask() =>
        Assert.Contains("/incident catchup 2h", await bot.AsksAsync(Grace, "catchup yesterday", await bot.DeclaredAsync()), StringComparison.Ordinal);

    public void Dispose() => bot.Dispose();

    private static RecordedMessage Message(RoomId room, int i) => new(
        new Stamp(string.Create(CultureInfo.InvariantCulture, $"hall:many:{i}"), Start, Actor.Of(Ada), Source.Live),
        new ChatRecord(ChatKind.Message, room, string.Create(CultureInfo.InvariantCulture, $"many/{i}")) { Author = Actor.Of(Ada), Text = "Still looking." });

    private async Task<RecordedMessage> SaysInRoomAsync(PersonId who, string text)
    {
        var said = bot.Hall.Says(who, RoomName, text);
        await bot.Desk.RecordAsync(said, Ct);
        return said;
    }
}

public sealed class A_recap
{
    private static readonly PersonId Reader = Scenario.Grace;

    [Fact]
    public void ends_where_the_asker_was_last_heard_of()
    {
        var recap = Gather(null, (1, new NoteAdded("first"), Scenario.Ada), (2, new NoteAdded("mine"), Reader), (3, new NoteAdded("last"), Scenario.Ada));
        Assert.Equal([new NoteAdded("last")], recap.Words.Select(entry => entry.Fact));
        Assert.True(recap.IsComplete);
    }

    [Fact]
    public void tells_the_newest_of_many_and_counts_all()
    {
        var recap = Gather(null, [.. Enumerable.Range(1, 50).Select(i => ((long)i, (Fact)new NoteAdded($"{i}"), Scenario.Ada))]);
        Assert.Equal((Recap.MostWords, 50), (recap.Words.Length, recap.WordsInAll));
        Assert.Equal(new NoteAdded("50"), recap.Words[0].Fact);
    }

    [Fact]
    public void passes_over_our_own_chores_and_posts()
    {
        var key = new EffectKey(new StreamId("INC-42"), 1, 0);
        var recap = Gather(
            null,
            (1, Scenario.Opened(), Scenario.Ada),
            (2, new SubscribersTold(key, [], []), Scenario.Ada),
            (3, new ChatRecord(ChatKind.Message, Scenario.Room, "1") { Effect = key }, Scenario.Ada));
        Assert.True(recap.IsEmpty);
    }

    private static Recap Gather(DateTimeOffset? since, params (long Version, Fact Fact, PersonId By)[] entries) => entries.Reverse().Aggregate(
        Recap.For(Reader, since, "cause"),
        (recap, entry) => recap.IsComplete
            ? recap
            : recap.Before(new Entry(entry.Version, new Stamp($"c{entry.Version}", Scenario.Start, Actor.Of(entry.By), Source.Live), Scenario.Start, entry.Fact, [], Redacted: false)));
}
