using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

/// <summary>A message that the record has and the room's history no longer shows.</summary>
public sealed class A_message_missing_from_the_history : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task was_deleted_while_nobody_listened()
    {
        await SaidAsync("One", "Two");
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        Vanish("Two");

        Assert.Equal(["Two"], await ReadAgainAsync());
    }

    [Fact]
    public async Task is_recorded_once_however_often_the_history_is_read()
    {
        await SaidAsync("One", "Two");
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        Vanish("Two");
        await ReadAgainAsync();

        Assert.Equal(["Two"], await ReadAgainAsync());
    }

    [Fact]
    public async Task may_be_hidden_when_it_is_older_than_everything_shown()
    {
        await SaidAsync("One", "Two", "Three");
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        var oldest = bot.Hall.RoomOf(RoomName).Messages.First(message => message.Card.Summary is "Two");
        bot.Hall.RoomOf(RoomName).Messages.RemoveAll(message => message.At < oldest.At);

        Assert.Empty(await ReadAgainAsync());
    }

    [Fact]
    public async Task may_not_be_listed_yet_when_it_was_said_a_moment_ago()
    {
        await SaidAsync("One", "Two");
        Vanish("Two");

        Assert.Empty(await ReadAgainAsync());
    }

    [Fact]
    public async Task is_no_matter_where_the_history_could_not_be_read_to_its_end()
    {
        await SaidAsync("One", "Two", "Three", "Four", "Five");
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        Vanish("Four");
        bot.Hall.Troubles.Fail("reads", new ChatRefusedException("gone", "The room is gone."));

        Assert.Empty(await ReadAgainAsync());
    }

    [Fact]
    public async Task may_be_hidden_with_the_message_that_began_its_thread()
    {
        await SaidAsync("Question", "Two", "Three");
        var question = bot.Hall.RoomOf(RoomName).Messages.Single(message => message.Card.Summary is "Question");
        var answer = bot.Hall.Says(Linus, RoomName, "Answer");
        await bot.Desk.RecordAsync(answer with { Record = answer.Record with { ThreadId = question.Id } }, TestContext.Current.CancellationToken);
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        Vanish("Answer");
        bot.Hall.RoomOf(RoomName).Messages.RemoveAll(message => message.At <= question.At);

        Assert.Empty(await ReadAgainAsync());
    }

    [Fact]
    public async Task was_deleted_when_the_message_that_began_its_thread_is_shown()
    {
        await SaidAsync("Question", "Two");
        var question = bot.Hall.RoomOf(RoomName).Messages.Single(message => message.Card.Summary is "Question");
        var answer = bot.Hall.Says(Linus, RoomName, "Answer");
        await bot.Desk.RecordAsync(answer with { Record = answer.Record with { ThreadId = question.Id } }, TestContext.Current.CancellationToken);
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        Vanish("Answer");

        Assert.Equal(["Answer"], await ReadAgainAsync());
    }

    [Fact]
    public async Task is_found_by_reading_from_the_start_where_the_platform_forgot_how_far_it_had_told()
    {
        await SaidAsync([.. Enumerable.Range(1, 2 * TranscriptPlatform.PageSize).Select(number => $"Line {number}")]);
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        Vanish("Line 3");
        bot.Hall.PlacesToForget = 1;

        Assert.Equal(["Line 3"], await ReadAgainAsync());
    }

    [Fact]
    public async Task is_a_gap_where_the_platform_never_knows_how_far_it_had_told()
    {
        await SaidAsync([.. Enumerable.Range(1, 2 * TranscriptPlatform.PageSize).Select(number => $"Line {number}")]);
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        Vanish("Line 3");
        bot.Hall.PlacesToForget = int.MaxValue;

        Assert.Empty(await ReadAgainAsync());
        Assert.Single((await bot.FactsAsync(One)).OfType<ChatRecord>(), record => record.Kind is ChatKind.Gap);
    }

    public void Dispose() => bot.Dispose();

    private async Task SaidAsync(params string[] lines)
    {
        await bot.DeclaredAsync();
        foreach (var line in lines)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(1));
            await bot.Desk.RecordAsync(bot.Hall.Says(Grace, RoomName, line), TestContext.Current.CancellationToken);
        }
    }

    private void Vanish(string line) => bot.Hall.RoomOf(RoomName).Messages.RemoveAll(message => message.Card.Summary == line);

    /// <summary>Reads the room's history; gives what is recorded as deleted.</summary>
    private async Task<IEnumerable<string?>> ReadAgainAsync()
    {
        bot.Desk.CatchUpEverywhere(bot.Time.GetUtcNow());
        await bot.Reconciling.RunAsync(TestContext.Current.CancellationToken);
        return from record in (await bot.FactsAsync(One)).OfType<ChatRecord>() where record.Kind is ChatKind.MessageDeleted select record.PreviousText;
    }
}
