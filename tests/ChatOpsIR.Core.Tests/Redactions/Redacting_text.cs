using System.Collections.Immutable;
using System.Text;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Core.Tests.Bench;
using ChatOpsIR.Storage.Export;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Redactions;

/// <summary>A message with a secret in it, and what the record made of it.</summary>
public sealed class Redacting_a_message : IDisposable
{
    private const string Secret = "The password is hunter2";

    private readonly TestBot bot = Running();
    private int caused;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task takes_its_text_from_every_entry_that_holds_it()
    {
        var said = await SaidAsync(Secret);
        await BringsAsync(About(said, ChatKind.MessageEdited) with { Text = "The password is …", PreviousText = Secret });
        await BringsAsync(About(said, ChatKind.PinAdded) with { Original = Json($"{{\"text\":\"{Secret}\"}}") });
        await BringsAsync(new ChatRecord(ChatKind.Unreadable, said.Room, "") { Original = Json($"{{\"of\":\"{said.Id}\",\"text\":\"{Secret}\"") });
        await BringsAsync(About(said, ChatKind.MessageDeleted) with { PreviousText = "The password is …" });

        var redacted = await RedactedAsync(said);

        Assert.Equal(5, redacted.Versions.Length);
        Assert.Equal([said], redacted.Messages);
        Assert.Equal((Ada, Grace, "a leaked password"), (redacted.RequestedBy, redacted.ApprovedBy, redacted.Reason));
        Assert.All(await EntriesAsync(), entry => Assert.Equal(redacted.Versions.Contains(entry.Version), entry.Redacted));
        await HoldsNothingOfItAsync();
        Assert.IsType<Verdict.Intact>(await StreamVerifier.VerifyAsync("acme", One.Stream, bot.Storage.Raw, Ct));
    }

    [Fact]
    public async Task leaves_other_messages_alone()
    {
        var said = await SaidAsync(Secret);
        var answer = await SaidAsync("Say that elsewhere", said.Id);
        await BringsAsync(About(said, ChatKind.ReactionAdded) with { Reaction = "eyes", Original = Json("""{"name":"eyes"}""") });

        await RedactAsync(said);

        Assert.Equal(1, (await EntriesAsync()).Count(entry => entry.Redacted));
        Assert.Contains((await EntriesAsync()), entry => entry.Fact is ChatRecord { Text: "Say that elsewhere" } chat && chat.MessageId == answer.Id);
    }

    [Fact]
    public async Task takes_a_reply_along_that_came_with_the_message_which_began_the_thread()
    {
        var said = await SaidAsync(Secret);
        await BringsAsync(new ChatRecord(ChatKind.Message, said.Room, "m/90") { ThreadId = said.Id, Text = "Oh", Original = Json("{\"root\":{\"text\":\"The pass\\u0077ord is hunter2\"}}") });

        Assert.Equal(2, (await RedactedAsync(said)).Versions.Length);
    }

    [Fact]
    public async Task takes_along_what_was_commanded_in_it()
    {
        var room = await bot.DeclaredAsync();
        var message = bot.Hall.Says(Grace, RoomName, "!incident note The password is hunter2");
        await bot.Desk.RecordAsync(message, Ct);
        await bot.SaysAsync(Grace, $"note {Secret}", room, $"{message.Stamp.CauseKey}:cmd");

        await RedactAsync(new MessageId(room, message.Record.MessageId));

        Assert.Equal(Redaction.Removed, (await bot.IncidentAsync(One)).Notes.Single().Text);
        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task takes_along_what_was_made_from_it()
    {
        var said = await SaidAsync(Secret);
        await bot.Desk.SayAsync(bot.Line(Ada, $"note {Secret}", said.Room) with { MadeFrom = said }, Ct);

        await RedactAsync(said);

        Assert.Equal(said, (await bot.FactsAsync(One)).OfType<NoteAdded>().Single().MadeFrom);
        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task takes_a_message_along_that_shows_what_its_link_leads_to()
    {
        var said = await SaidAsync(Secret);
        var link = new ChatRecord(ChatKind.Message, said.Room, "m/90") { Text = "see above", Original = Json($"{{\"attachments\":[{{\"ts\":\"{said.Id}\",\"text\":\"{Secret}\"}}]}}") };
        await BringsAsync(link);

        Assert.Equal(2, (await RedactedAsync(said)).Versions.Length);

        await BringsAsync(link with { MessageId = "m/91" });
        await HoldsNothingOfItAsync();
        Assert.Equal("see above", ((ChatRecord)(await EntriesAsync())[^1].Fact).Text);
    }

    [Fact]
    public async Task lets_what_comes_later_in_without_its_text()
    {
        var said = await SaidAsync(Secret);
        await RedactAsync(said);

        var deletion = await BringsAsync(About(said, ChatKind.MessageDeleted) with { PreviousText = Secret, Original = Json($"{{\"text\":\"{Secret}\"}}") });
        await BringsAsync(About(said, ChatKind.MessageEdited) with { Text = Secret, FileIds = ["F1"], Files = [new ChatFile("F1", Secret, 1, "text")] });
        await BringsAsync(new ChatRecord(ChatKind.Unreadable, said.Room, "") { Original = Json($"{said.Id} {Secret}") });
        await BringsAsync(new ChatRecord(ChatKind.Message, said.Room, "m/90") { ThreadId = said.Id, Text = "Oh", Original = Json($"{{\"root\":\"{Secret}\"}}") });

        var recorded = (await EntriesAsync())[^4..];
        Assert.Equal(deletion, recorded[0].Stamp.CauseKey);
        Assert.Equal([ChatKind.MessageDeleted, ChatKind.MessageEdited, ChatKind.Unreadable, ChatKind.Message], recorded.Select(entry => ((ChatRecord)entry.Fact).Kind));
        Assert.Equal(["F1"], ((ChatRecord)recorded[1].Fact).FileIds);
        Assert.Equal("Oh", ((ChatRecord)recorded[3].Fact).Text);
        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task does_not_get_it_back_from_the_history()
    {
        var said = await SaidAsync(Secret);
        await RedactAsync(said);

        bot.Desk.CatchUpEverywhere(bot.Time.GetUtcNow());
        await bot.Reconciling.RunAsync(Ct);

        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task is_done_once_for_each_cause()
    {
        var said = await SaidAsync(Secret);
        await RedactAsync(said);

        var again = await RedactAsync(said);

        Assert.NotNull(again.Repeated);
        Assert.Single((await bot.FactsAsync(One)).OfType<Redacted>());
    }

    [Fact]
    public async Task a_second_time_finds_nothing()
    {
        var said = await SaidAsync(Secret);
        await RedactAsync(said);
        await BringsAsync(About(said, ChatKind.MessageDeleted) with { PreviousText = Secret });

        Assert.Equal(Because.NothingToRedact, (await RedactAsync(said, "hall:again")).Refused);
    }

    [Fact]
    public async Task takes_along_what_is_said_of_it_meanwhile()
    {
        var said = await SaidAsync(Secret);
        using var other = bot.Beside();
        bot.Store.BeforeAppend(() => other.Desk.RecordAsync(
            new RecordedMessage(Stamp(), About(said, ChatKind.MessageEdited) with { Text = "…", PreviousText = Secret }), Ct));

        Assert.Equal(2, (await RedactedAsync(said)).Versions.Length);
        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task reads_fewer_entries_at_a_time_where_many_take_too_long()
    {
        var said = await SaidAsync(Secret);
        bot.Store.MostInTime = 3;

        await RedactAsync(said);

        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task takes_two_people()
    {
        var said = await SaidAsync(Secret);

        var settled = await bot.Redacting.RedactAsync(One, new RedactionOrder(Stamp(), Ada, Ada, "a leaked password") { Messages = [said] }, Ct);

        Assert.Equal(Because.RedactionTakesTwo, settled.Refused);
        Assert.DoesNotContain(await EntriesAsync(), entry => entry.Redacted);
    }

    [Fact]
    public async Task is_refused_where_the_record_has_no_such_message()
    {
        await SaidAsync(Secret);

        Assert.Equal(Because.NothingToRedact, (await RedactAsync(new MessageId(bot.Hall.RoomOf(RoomName).Id, "m/99"))).Refused);
    }

    [Fact]
    public async Task is_swept_later_where_the_store_failed()
    {
        var said = await SaidAsync(Secret);
        bot.Store.FailsRedaction = true;
        await Assert.ThrowsAsync<StoreException>(() => RedactAsync(said));
        Assert.DoesNotContain(await EntriesAsync(), entry => entry.Redacted);

        await bot.Reconciling.RunAsync(Ct);

        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task is_swept_by_the_next_process_even_where_the_incident_is_closed()
    {
        var said = await SaidAsync(Secret);
        await bot.SaysAsync(Ada, "resolve Rolled back", said.Room);
        await bot.SaysAsync(Ada, "close", said.Room);
        await bot.Reconciling.RunAsync(Ct);
        bot.Store.FailsRedaction = true;
        await Assert.ThrowsAsync<StoreException>(() => RedactAsync(said));

        bot.Time.Advance(Reconciling.KeptAfterTouch);
        using var next = bot.Beside();
        await next.Reconciling.RunAsync(Ct);

        await HoldsNothingOfItAsync();
        Assert.Empty(await bot.Directory.ListActiveAsync(Ct));
    }

    [Fact]
    public async Task keeps_nothing_else_of_its_incident_waiting_where_the_sweep_fails()
    {
        var said = await SaidAsync(Secret);
        bot.Store.FailsRedaction = true;
        await Assert.ThrowsAsync<StoreException>(() => RedactAsync(said));
        using var next = bot.Beside();
        var rung = 0;
        next.Bell.Rung += _ => rung++;
        next.Store.FailsRedaction = true;

        await Assert.ThrowsAsync<RoundIncompleteException>(() => next.Reconciling.RunAsync(Ct));

        Assert.NotEqual(0, rung);
    }

    [Fact]
    public async Task keeps_the_row_of_a_closed_incident_until_the_sweep_succeeds()
    {
        var said = await SaidAsync(Secret);
        await bot.SaysAsync(Ada, "resolve Rolled back", said.Room);
        await bot.SaysAsync(Ada, "close", said.Room);
        bot.Store.FailsRedaction = true;
        await Assert.ThrowsAsync<StoreException>(() => RedactAsync(said));
        bot.Store.FailsRedaction = true;
        await Assert.ThrowsAsync<RoundIncompleteException>(() => bot.Reconciling.RunAsync(Ct));

        bot.Time.Advance(Reconciling.KeptAfterTouch);
        await bot.Reconciling.RunAsync(Ct);

        await HoldsNothingOfItAsync();
        Assert.Empty(await bot.Directory.ListActiveAsync(Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task is_swept_later_where_a_round_came_between_the_search_and_the_record(bool diesAfterTheRecord)
    {
        var said = await SaidAsync(Secret);
        await bot.SaysAsync(Ada, "resolve Rolled back", said.Room);
        await bot.SaysAsync(Ada, "close", said.Room);
        await bot.Reconciling.RunAsync(Ct);
        using var other = bot.Beside();
        bot.Store.BeforeAppend(() => other.Reconciling.RunAsync(Ct));
        bot.Store.FailsRedaction = true;
        await Assert.ThrowsAsync<StoreException>(() => RedactAsync(said));
        if (diesAfterTheRecord)
        {
            await bot.Directory.RemoveActiveAsync(Assert.Single(await bot.Directory.ListActiveAsync(Ct)), Ct);
        }

        using var next = bot.Beside();
        await next.Reconciling.RunAsync(Ct);
        bot.Time.Advance(Reconciling.KeptAfterTouch);
        await next.Reconciling.RunAsync(Ct);

        await HoldsNothingOfItAsync();
        Assert.Empty(await bot.Directory.ListActiveAsync(Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task goes_on_in_the_next_process_wherever_this_one_ends(bool endsAfterwards)
    {
        for (var (call, ended) = (1, true); ended; call++)
        {
            using var another = new Redacting_a_message();
            ended = await another.GoesOnAsync(new Fuse(call, endsAfterwards));
            Assert.True(call < 100, "It never gets through.");
        }
    }

    [Fact]
    public async Task names_more_entries_than_one_has_room_for_in_several()
    {
        var said = await SaidAsync(Secret);
        for (var i = 0; i < 420; i++)
        {
            await BringsAsync(About(said, ChatKind.MessageEdited) with { Text = Secret });
        }

        var settled = await RedactAsync(said);

        Assert.Equal([400, 21], settled.Entries.Select(entry => ((Redacted)entry.Fact).Versions.Length));
        Assert.Equal([said], settled.State.RedactedMessages);
        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task costs_nothing_once_it_is_done()
    {
        var said = await SaidAsync(Secret);
        await bot.Reconciling.RunAsync(Ct);
        var before = bot.Store.Reads;
        await bot.Reconciling.RunAsync(Ct);
        var usual = bot.Store.Reads - before;
        await RedactAsync(said);
        await bot.Reconciling.RunAsync(Ct);
        (before, var emptied) = (bot.Store.Reads, bot.Store.Redacted.Count);

        await bot.Reconciling.RunAsync(Ct);

        Assert.Equal((usual, 1, 1), (bot.Store.Reads - before, emptied, bot.Store.Redacted.Count));
    }

    public void Dispose() => bot.Dispose();

    private async Task<bool> GoesOnAsync(Fuse fuse)
    {
        var said = await SaidAsync(Secret);
        using var dying = bot.Beside(fuse);
        await Xunit.Record.ExceptionAsync(() => RedactAsync(said, by: dying));

        using var next = bot.Beside();
        await next.Reconciling.RunAsync(Ct);
        if ((await bot.FactsAsync(One)).OfType<Redacted>().Any())
        {
            await HoldsNothingOfItAsync();
        }

        await RedactAsync(said, by: next);
        await HoldsNothingOfItAsync();
        Assert.Single((await bot.FactsAsync(One)).OfType<Redacted>());
        return fuse.IsBlown;
    }

    private async Task<MessageId> SaidAsync(string text, string? thread = null)
    {
        if (bot.Hall.Rooms.Count == 0)
        {
            await bot.DeclaredAsync();
        }

        var message = bot.Hall.Says(Grace, RoomName, text);
        await bot.Desk.RecordAsync(message with { Record = message.Record with { ThreadId = thread } }, Ct);
        return new MessageId(message.Record.Room, message.Record.MessageId);
    }

    /// <summary>Something more comes about a message; gives its cause.</summary>
    private async Task<string?> BringsAsync(ChatRecord record)
    {
        var stamp = Stamp();
        await bot.Desk.RecordAsync(new RecordedMessage(stamp, record), Ct);
        return stamp.CauseKey;
    }

    private Stamp Stamp() => new($"hall:event:{++caused}", bot.Time.GetUtcNow(), Actor.Of(Grace), Source.Live);

    private static ChatRecord About(MessageId message, ChatKind kind) => new(kind, message.Room, message.Id);

    private static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);

    private Task<Settled<Incident>> RedactAsync(MessageId message, string cause = "hall:redact", TestBot? by = null) => (by ?? bot).Redacting.RedactAsync(
        One, new RedactionOrder(Stamp() with { CauseKey = cause }, Ada, Grace, "a leaked password") { Messages = [message] }, Ct);

    private async Task<Redacted> RedactedAsync(MessageId message) => Assert.IsType<Redacted>(Assert.Single((await RedactAsync(message)).Entries).Fact);

    private async Task<ImmutableArray<Entry>> EntriesAsync() => (await bot.Storage.Streams.ReadAsync(One.Stream, 0, 1000, Ct)).Entries;

    private async Task HoldsNothingOfItAsync()
    {
        var stored = await bot.Storage.Raw.ReadRawAsync(One.Stream, 0, 1000, Ct);
        Assert.NotEmpty(stored);
        Assert.All(stored, entry => Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString((entry.Content ?? default).Span), StringComparison.Ordinal));
    }
}
