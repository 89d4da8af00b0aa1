using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>A checker that cannot fail is worth nothing: each violation is planted, found and named.</summary>
public class Checking_the_invariants(AHealthyRun run) : IClassFixture<AHealthyRun>
{
    private const string Room = "inc-1-checkout-returns-500s";

    private ChannelView WarRoom => run.Workspace.Channel(Room)!;

    private MessageView Message => WarRoom.Messages.Single(message => message.Text == "Rolling back now");

    private MessageView Card => WarRoom.Messages.First(message => message.FromBot);

    [Fact]
    public async Task finds_nothing_where_nothing_went_wrong() => Assert.Empty(await run.WithWorkspaceAsync(view => view));

    [Fact]
    public async Task misses_a_message_that_the_record_does_not_have()
    {
        var broken = await run.WithWorkspaceAsync(view => Say(view, Message with { Ts = Later(Message.Ts), Text = "Lost" }));
        Assert.StartsWith("I1: INC-1 does not have the message", Assert.Single(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task misses_an_edit_and_a_deletion()
    {
        var changed = Message with { EarlierTexts = [Message.Text], Text = "Rolled back", GoneBy = Message.User, Deleted = true };
        var broken = await run.WithWorkspaceAsync(view => Replace(view, changed));
        Assert.Equal(2, broken.Count);
        Assert.Contains("has 0 of 1 edits", broken[0], StringComparison.Ordinal);
        Assert.Contains("does not tell that", broken[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task finds_a_message_that_was_never_said()
    {
        var broken = await run.WithFactsAsync(new ChatRecord(ChatKind.Message, Slack(WarRoom.Id), "1700000000.000001") { Text = "Invented" });
        Assert.Contains("which never was in #inc-1", Assert.Single(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task finds_a_message_that_is_recorded_twice()
    {
        var broken = await run.WithFactsAsync(new ChatRecord(ChatKind.Message, Slack(WarRoom.Id), Message.Ts) { Text = Message.Text });
        Assert.Contains("“Rolling back now”) 2 times", Assert.Single(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task finds_a_reaction_that_nobody_gave_and_one_that_is_told_twice()
    {
        var given = new ChatRecord(ChatKind.ReactionAdded, Slack(WarRoom.Id), Message.Ts) { Reaction = "eyes" };
        Assert.Contains("counts 1 :eyes:", Assert.Single(await run.WithFactsAsync(Source.Live, given)), StringComparison.Ordinal);
        Assert.Contains(await run.WithFactsAsync(Source.Live, given, given), sentence => sentence.Contains("tells 2 times of one :eyes:", StringComparison.Ordinal));
        Assert.Empty(await run.WithFactsAsync(Source.Backfill, given, given with { Kind = ChatKind.ReactionRemoved }));
    }

    [Fact]
    public async Task finds_a_gap_in_the_versions()
    {
        var broken = await run.WithRowsAsync("DELETE FROM entries WHERE stream = 'INC-1' AND version = 4");
        Assert.Contains(broken, sentence => sentence.StartsWith("I2: INC-1 has version 5 where 4 has to be", StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_a_changed_entry()
    {
        var broken = await run.WithRowsAsync("UPDATE entries SET actor = 'slack:T:forged' WHERE stream = 'INC-1' AND version = 4");
        Assert.StartsWith("I3: INC-1 does not verify from version 4 on", Assert.Single(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task misses_what_was_answered_as_done()
    {
        var broken = await run.WithAcknowledgementAsync(new Acknowledged("/incident note hi", "slack:cmd:nobody", new IncidentId(1)));
        Assert.StartsWith("I4: “/incident note hi” was answered as done, and INC-1 has no entry", Assert.Single(broken), StringComparison.Ordinal);
        Assert.Contains("which does not exist", Assert.Single(await run.WithAcknowledgementAsync(new Acknowledged("/incident declare x", null, new IncidentId(7)))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task finds_a_room_that_no_incident_knows()
    {
        var broken = await run.WithWorkspaceAsync(view => view with { Channels = [.. view.Channels, WarRoom with { Id = "C0ORPHAN", Name = "inc-1-again", Messages = [] }] });
        Assert.StartsWith("I5: the bot opened #inc-1-again", Assert.Single(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task finds_a_second_room_of_an_incident()
    {
        var broken = await run.WithFactsAsync(new RoomOpened(new EffectKey(new StreamId("INC-1"), 1, 0), Slack("C0OTHER"), "T0PLAY0001", "inc-1-other"));
        Assert.Contains(broken, sentence => sentence.StartsWith("I5: INC-1 has 2 rooms", StringComparison.Ordinal));
        Assert.Contains(broken, sentence => sentence.Contains("C0OTHER, which is not in the workspace", StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_a_post_that_people_see_twice()
    {
        var broken = await run.WithWorkspaceAsync(view => Say(view, Card with { Ts = Later(Card.Ts) }));
        Assert.Contains(broken, sentence => sentence.StartsWith("I6: INC-1:", StringComparison.Ordinal) && sentence.Contains("is visible 2 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task misses_a_post_that_is_recorded_and_that_nobody_can_see()
    {
        var broken = await run.WithWorkspaceAsync(view => view with { Channels = [.. view.Channels.Where(channel => channel.Kind is not ChannelKind.Direct)] });
        Assert.Contains(broken, sentence => sentence.Contains("(SendDutyCard) is recorded as done, and nobody can see it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_a_promise_that_is_still_open()
    {
        var broken = await run.WithRowsAsync("DELETE FROM entries WHERE stream = 'INC-1' AND kind = 'effect-done'");
        Assert.Contains(broken, sentence => sentence.Contains("(RegisterRoom) is still pending", StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_a_reminder_that_was_told_twice()
    {
        var fired = new ReminderFired("update:99:0", ReminderKind.Update, DateTimeOffset.UnixEpoch, [], null);
        Assert.StartsWith("I8: INC-1 told update:99:0 2 times", Assert.Single(await run.WithFactsAsync(fired, fired)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task misses_a_reminder_that_was_due()
    {
        var broken = await run.AtAsync(run.Workspace.At + TimeSpan.FromHours(2));
        Assert.Contains(broken, sentence => sentence.StartsWith("I8: INC-1 never told update:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_a_reminder_of_a_closed_incident()
    {
        var fired = new ReminderFired("update:99:0", ReminderKind.Update, DateTimeOffset.UnixEpoch, [], null);
        var broken = await run.WithFactsAsync(new IncidentResolved("Done"), new IncidentClosed(null), fired);
        Assert.Contains(broken, sentence => sentence.StartsWith("I9: INC-1 was reminded of update:99:0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_two_managers()
    {
        var broken = await run.WithFactsAsync(new RoleAccepted(RoleId.Manager, new PersonId("slack", "T0PLAY0001", "U0SECOND"), Replaces: false));
        Assert.Contains(broken, sentence => sentence.StartsWith("I10: INC-1 has 2 of the exclusive role manager", StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_rows_that_are_missing_or_lie()
    {
        var broken = await run.WithRowsAsync("DELETE FROM active; DELETE FROM due; UPDATE rooms SET incident = 9");
        Assert.Contains(broken, sentence => sentence.StartsWith("I12: INC-1 has something to do and no active row", StringComparison.Ordinal));
        Assert.Contains(broken, sentence => sentence.StartsWith("I12: INC-1 is due at", StringComparison.Ordinal));
        Assert.Contains(broken, sentence => sentence.Contains("is registered and not in the directory", StringComparison.Ordinal));
        Assert.Contains(broken, sentence => sentence.Contains("to INC-9, which does not name it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_a_snapshot_that_the_entries_do_not_bear_out()
    {
        Assert.StartsWith("I12: the snapshot of INC-1 as of version 3", Assert.Single(await run.WithSnapshotAsync(3, state => state with { Title = "Something else" })), StringComparison.Ordinal);
        Assert.Empty(await run.WithSnapshotAsync(3, state => state));
    }

    [Fact]
    public async Task finds_a_number_that_came_to_nothing()
    {
        var broken = await run.WithRowsAsync("DELETE FROM entries WHERE stream = 'INC-1'");
        Assert.Contains("Numbers: INC-1 was given out and has no entry 1.", broken);
    }

    [Fact]
    public async Task finds_a_topic_and_a_card_that_show_something_old()
    {
        var broken = await run.WithWorkspaceAsync(view => Replace(view with { Channels = [.. view.Channels.Select(channel => channel with { Topic = "old" })] }, Card with { Text = "old" }));
        Assert.Contains(broken, sentence => sentence.StartsWith("I15: the topic of #inc-1", StringComparison.Ordinal));
        Assert.Contains(broken, sentence => sentence.StartsWith("I15: the card of INC-1", StringComparison.Ordinal));
    }

    private static RoomId Slack(string channel) => new("slack", channel);

    private static string Later(string ts) => $"{ts[..10]}.{(int.Parse(ts[11..], System.Globalization.CultureInfo.InvariantCulture) ^ 1):D6}";

    private WorkspaceView Say(WorkspaceView view, MessageView message) => WithMessages(view, [.. WarRoom.Messages, message]);

    private WorkspaceView Replace(WorkspaceView view, MessageView message) => WithMessages(view, [.. WarRoom.Messages.Select(old => old.Ts == message.Ts ? message : old)]);

    private WorkspaceView WithMessages(WorkspaceView view, IReadOnlyList<MessageView> messages) =>
        view with { Channels = [.. view.Channels.Select(channel => channel.Id == WarRoom.Id ? channel with { Messages = messages } : channel)] };
}
