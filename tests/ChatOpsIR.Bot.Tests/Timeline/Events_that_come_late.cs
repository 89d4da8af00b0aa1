using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Timeline;

/// <summary>Slack sends events side by side and again: the timeline shows what people see, whatever the order in which it was told.</summary>
public class Events_that_come_late
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ada = new("slack:T1:U1");

    private readonly RowFold fold = new(new IncidentId(1).Stream, DefaultPolicy.Text, text => Words.Of(text), folds: true);
    private int version;

    [Fact]
    public void show_no_reaction_that_was_taken_back_before_it_was_told_of()
    {
        Tell(ChatKind.Message, 0, "Rolling back");
        Tell(ChatKind.ReactionRemoved, 2);
        Tell(ChatKind.ReactionAdded, 1);
        Assert.Empty(Message.Reactions);
    }

    [Fact]
    public void keep_a_reaction_that_was_given_again()
    {
        Tell(ChatKind.Message, 0, "Rolling back");
        Tell(ChatKind.ReactionAdded, 1);
        Tell(ChatKind.ReactionAdded, 3);
        Tell(ChatKind.ReactionRemoved, 2);
        Assert.Equal([Ada.Value], Message.Reactions["eyes"]);
    }

    [Fact]
    public void believe_a_reading_of_the_history_as_of_its_place()
    {
        Tell(ChatKind.Message, 0, "Rolling back");
        Tell(ChatKind.ReactionAdded, 5);
        Tell(ChatKind.ReactionRemoved, 1, source: Source.Backfill);
        Assert.Empty(Message.Reactions);
    }

    [Fact]
    public void leave_the_latest_words_last()
    {
        Tell(ChatKind.Message, 0, "Rolling back");
        Tell(ChatKind.MessageEdited, 2, "Rolled back");
        Tell(ChatKind.MessageEdited, 1, "Rolling back now");
        Assert.Equal(["Rolling back", "Rolling back now", "Rolled back"], Message.Versions.Select(version => PlainText.Of(version.Text)));
    }

    private MessageRow Message => fold.Rows(Enum.GetValues<EntryKind>().ToHashSet()).OfType<MessageRow>().Single();

    private void Tell(ChatKind kind, int minute, string? text = null, Source source = Source.Live)
    {
        var record = new ChatRecord(kind, new RoomId("slack", "C1"), "1.1") { Text = text, Reaction = text is null ? "eyes" : null };
        fold.Add(new Entry(++version, new Stamp(null, Noon.AddMinutes(minute), Ada, source), Noon, record, [], Redacted: false));
    }
}
