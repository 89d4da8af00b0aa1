using System.Text;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Core.Tests.Bench;
using ChatOpsIR.Storage.Export;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Redactions;

/// <summary>A title, a note or an update with a secret in it, and what the bot posted of it.</summary>
public sealed class Redacting_a_fact : IDisposable
{
    private readonly TestBot bot = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task waits_for_what_still_needs_its_text()
    {
        await bot.DeclaredAsync();

        Assert.Equal(Because.TextIsNeeded, (await RedactAsync(1)).Refused);

        bot.Work();
        await bot.Reconciling.RunAsync(Ct);
        Assert.Null((await RedactAsync(1)).Refused);
    }

    [Fact]
    public async Task waits_for_what_is_about_to_be_said_of_the_whole_incident()
    {
        bot.Work();
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "note The password is hunter2", room);
        var note = (await bot.Storage.Streams.ReadAsync(One.Stream, 0, 1000, Ct)).Entries.Single(entry => entry.Fact is NoteAdded);
        using var other = bot.Beside();
        await other.SaysAsync(Ada, "handover @grace", room);

        Assert.Equal(Because.TextIsNeeded, (await RedactAsync(note.Version)).Refused);

        await bot.Reconciling.RunAsync(Ct);
        Assert.Null((await RedactAsync(note.Version)).Refused);
    }

    [Fact]
    public async Task takes_a_title_from_the_state_the_card_and_what_was_posted()
    {
        bot.Work();
        await bot.DeclaredAsync();

        await RedactAsync(1);

        var incident = await bot.IncidentAsync(One);
        Assert.Equal((Redaction.Removed, "INC-1"), (incident.Title, incident.Room!.Name));
        Assert.Contains(bot.Transcript, line => line.StartsWith("repaints", StringComparison.Ordinal) && line.Contains($"INC-1 {Redaction.Removed}", StringComparison.Ordinal));
        var stored = await bot.Storage.Raw.ReadRawAsync(One.Stream, 0, 1000, Ct);
        Assert.All(stored, entry => Assert.DoesNotContain("checkout", Encoding.UTF8.GetString((entry.Content ?? default).Span), StringComparison.OrdinalIgnoreCase));
        Assert.IsType<Verdict.Intact>(await StreamVerifier.VerifyAsync("acme", One.Stream, bot.Storage.Raw, Ct));
    }

    [Fact]
    public async Task leaves_nothing_of_it_to_the_next_process()
    {
        bot.Work();
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "note The password is hunter2", bot.Hall.RoomOf(RoomName).Id);
        var note = (await bot.Storage.Streams.ReadAsync(One.Stream, 0, 1000, Ct)).Entries.Single(entry => entry.Fact is NoteAdded);

        await RedactAsync(note.Version);

        using var next = bot.Beside();
        Assert.Equal(Redaction.Removed, (await next.IncidentAsync(One)).Notes.Single().Text);
        Assert.DoesNotContain("hunter2", await next.AsksAsync(Ada, "catchup 1h", bot.Hall.RoomOf(RoomName).Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task takes_along_the_message_that_it_was_commanded_in()
    {
        bot.Work();
        var room = await bot.DeclaredAsync();
        var message = bot.Hall.Says(Grace, RoomName, "!incident note The password is hunter2");
        await bot.Desk.RecordAsync(message, Ct);
        await bot.SaysAsync(Grace, "note The password is hunter2", room, $"{message.Stamp.CauseKey}:cmd");

        await RedactAsync((await NoteAsync()).Version);

        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task takes_along_the_message_that_it_was_made_from()
    {
        bot.Work();
        var room = await bot.DeclaredAsync();
        var message = bot.Hall.Says(Grace, RoomName, "The password is hunter2").Record;
        await bot.Desk.RecordAsync(new RecordedMessage(new Stamp("hall:said", bot.Time.GetUtcNow(), Actor.Of(Grace), Source.Live), message), Ct);
        await bot.Desk.SayAsync(bot.Line(Ada, "note @grace: The password is hunter2", room) with { MadeFrom = new MessageId(room, message.MessageId) }, Ct);

        await RedactAsync((await NoteAsync()).Version);

        await HoldsNothingOfItAsync();
    }

    [Fact]
    public async Task is_done_by_pointing_at_the_post_that_tells_of_it()
    {
        bot.Work();
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "note The password is hunter2", room);
        await bot.SaysAsync(Ada, "note Restarting the cache", room);
        var note = (await bot.Storage.Streams.ReadAsync(One.Stream, 0, 1000, Ct)).Entries.First(entry => entry.Fact is NoteAdded);
        var post = (await bot.Storage.Streams.ReadAsync(One.Stream, 0, 1000, Ct)).Entries.Single(entry => entry.Fact is ChatRecord { Effect: { } effect } && effect.Version == note.Version);

        await RedactAsync(post.Version);

        await HoldsNothingOfItAsync();
        Assert.Equal([Redaction.Removed, "Restarting the cache"], (await bot.IncidentAsync(One)).Notes.Select(one => one.Text));
    }

    [Fact]
    public async Task is_refused_for_the_record_of_a_redaction()
    {
        bot.Work();
        await bot.DeclaredAsync();
        var redacted = Assert.Single((await RedactAsync(1)).Entries);

        Assert.Equal(Because.RedactionsStay, (await RedactAsync(redacted.Version)).Refused);
        Assert.Equal(Because.NothingToRedact, (await RedactAsync(1000)).Refused);
    }

    public void Dispose() => bot.Dispose();

    private async Task<Entry> NoteAsync() => (await bot.Storage.Streams.ReadAsync(One.Stream, 0, 1000, Ct)).Entries.Single(entry => entry.Fact is NoteAdded);

    private async Task HoldsNothingOfItAsync()
    {
        var stored = await bot.Storage.Raw.ReadRawAsync(One.Stream, 0, 1000, Ct);
        Assert.All(stored, entry => Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString((entry.Content ?? default).Span), StringComparison.Ordinal));
    }

    private Task<Settled<Incident>> RedactAsync(long version) => bot.Redacting.RedactAsync(
        One,
        new RedactionOrder(new Stamp($"hall:redact:{version}", bot.Time.GetUtcNow(), Actor.Of(Grace), Source.Live), Ada, Grace, "a leaked password") { Versions = [version] },
        Ct);
}
