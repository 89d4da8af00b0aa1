using ChatOpsIR.Core;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Failures;

/// <summary>A declaration that got its number and died before entry 1.</summary>
public class An_unfinished_number
{
    private const string Words = "/incident declare Checkout returns 500s";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_completed_by_a_repeat_of_the_same_request()
    {
        await using var bot = new PlayedBot();
        var command = await DieBeforeEntry1Async(bot);

        Assert.Contains("INC-1 is declared", await AnswerAsync(bot, command), StringComparison.Ordinal);

        Assert.Equal(Status.Open, (await bot.IncidentAsync()).Status);
        Assert.Single(await bot.EntriesAsync(StreamId.Numbers));
    }

    [Fact]
    public async Task is_completed_by_the_same_words_within_a_minute()
    {
        await using var bot = new PlayedBot();
        await DieBeforeEntry1Async(bot);

        Assert.Contains("INC-1 is declared", await bot.TypeAsync("mara", Words), StringComparison.Ordinal);

        Assert.Single(await bot.EntriesAsync(StreamId.Numbers));
    }

    [Fact]
    public async Task is_left_alone_for_ten_minutes()
    {
        await using var bot = new PlayedBot();
        await DieBeforeEntry1Async(bot);

        bot.Clock.Advance(Reconciling.VoidAfter - TimeSpan.FromSeconds(5));
        await bot.Reconciling.RunAsync(Ct);

        Assert.Empty(await bot.EntriesAsync());
    }

    [Fact]
    public async Task is_voided_after_ten_minutes_in_its_own_stream_and_then_in_the_numbers()
    {
        await using var bot = new PlayedBot();
        await DieBeforeEntry1Async(bot);

        bot.Clock.Advance(Reconciling.VoidAfter);
        await bot.Reconciling.RunAsync(Ct);

        Assert.Equal(["incident-voided"], (await bot.EntriesAsync()).Select(entry => entry.Kind));
        Assert.Equal(["incident-numbered", "number-voided"], (await bot.EntriesAsync(StreamId.Numbers)).Select(entry => entry.Kind));
    }

    [Fact]
    public async Task that_was_voided_gives_the_same_request_a_new_number_and_always_that_one()
    {
        await using var bot = new PlayedBot();
        var command = await DieBeforeEntry1Async(bot);
        bot.Clock.Advance(Reconciling.VoidAfter);
        await bot.Reconciling.RunAsync(Ct);

        Assert.Contains("INC-2 is declared", await AnswerAsync(bot, command), StringComparison.Ordinal);
        Assert.Contains("INC-2 is declared", await AnswerAsync(bot, command), StringComparison.Ordinal);

        Assert.Equal(2, (await bot.EntriesAsync(StreamId.Numbers)).Count(entry => entry.Kind is "incident-numbered"));
        Assert.Single(await bot.EntriesAsync());
        Assert.Equal(Status.Open, (await bot.IncidentAsync(2)).Status);
    }

    [Fact]
    public async Task that_was_voided_gives_the_same_words_a_new_number()
    {
        await using var bot = new PlayedBot();
        await DieBeforeEntry1Async(bot);
        bot.Clock.Advance(Reconciling.VoidAfter);
        await bot.Reconciling.RunAsync(Ct);

        Assert.Contains("INC-2 is declared", await bot.TypeAsync("mara", Words), StringComparison.Ordinal);
    }

    [Fact]
    public async Task whose_voiding_did_not_reach_the_numbers_is_told_to_them_the_next_time()
    {
        await using var bot = new PlayedBot();
        await DieBeforeEntry1Async(bot);
        bot.Clock.Advance(Reconciling.VoidAfter);
        bot.Store.On = (method, arguments) => method is nameof(IStreamStore.AppendAsync) && arguments[0] is StreamId { Value: "numbers" } ? Trouble.Fails : null;
        await Assert.ThrowsAsync<RoundIncompleteException>(() => bot.Reconciling.RunAsync(Ct));
        bot.Store.Always(null);

        await bot.Reconciling.RunAsync(Ct);

        Assert.Equal(["incident-numbered", "number-voided"], (await bot.EntriesAsync(StreamId.Numbers)).Select(entry => entry.Kind));
        Assert.Equal(["incident-voided"], (await bot.EntriesAsync()).Select(entry => entry.Kind));
    }

    [Fact]
    public async Task belongs_to_the_declaration_that_wrote_entry_1_while_the_reconciler_decided()
    {
        await using var bot = new PlayedBot();
        var command = await DieBeforeEntry1Async(bot);
        bot.Clock.Advance(Reconciling.VoidAfter);
        await using var elsewhere = bot.Elsewhere();
        var answer = "";
        BeforeEntry1(bot, async () => answer = await AnswerAsync(elsewhere, command));

        await bot.Reconciling.RunAsync(Ct);

        Assert.Contains("INC-1 is declared", answer, StringComparison.Ordinal);
        Assert.Equal(Status.Open, (await bot.IncidentAsync()).Status);
        Assert.Equal("incident-declared", (await bot.EntriesAsync())[0].Kind);
        Assert.Single(await bot.EntriesAsync(StreamId.Numbers));
    }

    [Fact]
    public async Task belongs_to_the_reconciler_that_wrote_entry_1_while_the_declaration_decided()
    {
        await using var bot = new PlayedBot();
        var command = await DieBeforeEntry1Async(bot);
        bot.Clock.Advance(Reconciling.VoidAfter);
        await using var elsewhere = bot.Elsewhere();
        var listed = new TaskCompletionSource();
        elsewhere.Store.First = () => listed.Task;
        elsewhere.Store.On = (_, arguments) => arguments[0] is StreamId { Value: "INC-1" } && !listed.Task.IsCompleted ? Trouble.ComesSecond : null;
        var reconciling = elsewhere.Reconciling.RunAsync(Ct);
        BeforeEntry1(bot, () =>
        {
            listed.SetResult();
            return reconciling;
        });

        Assert.Contains("INC-2 is declared", await AnswerAsync(bot, command), StringComparison.Ordinal);

        Assert.Equal(["incident-voided"], (await bot.EntriesAsync()).Select(entry => entry.Kind));
        Assert.Equal(Status.Open, (await bot.IncidentAsync(2)).Status);
    }

    private static async Task<Delivery> DieBeforeEntry1Async(PlayedBot bot)
    {
        var command = bot.Played.Act("mara", "command", new() { ["channel"] = "incidents", ["text"] = Words }).Delivery!;
        bot.Store.On = (method, arguments) => method is nameof(IStreamStore.AppendAsync) && arguments[0] is StreamId { Value: "INC-1" } ? Trouble.Fails : null;
        Assert.Contains("Not confirmed", await AnswerAsync(bot, command), StringComparison.Ordinal);
        bot.Store.Always(null);
        Assert.Equal(["incident-numbered"], (await bot.EntriesAsync(StreamId.Numbers)).Select(entry => entry.Kind));
        Assert.Empty(await bot.EntriesAsync());
        return command;
    }

    private static async Task<string> AnswerAsync(PlayedBot bot, Delivery command) =>
        System.Text.Encoding.UTF8.GetString((await bot.SendAsync(command)).Body.Span);

    // Somebody else is faster than an instance that has read INC-1 and is about to append to it.
    private static void BeforeEntry1(PlayedBot slow, Func<Task> act)
    {
        slow.Store.First = act;
        slow.Store.On = (method, arguments) =>
        {
            if (method is not nameof(IStreamStore.AppendAsync) || arguments[0] is not StreamId { Value: "INC-1" })
            {
                return null;
            }

            slow.Store.Always(null);
            return Trouble.ComesSecond;
        };
    }
}
