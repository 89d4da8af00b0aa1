using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;
using static ChatOpsIR.Core.Tests.Scenario;

namespace ChatOpsIR.Core.Tests.Verbs;

public class Typing_a_command
{
    private static (Verb Verb, Arguments Said) Type(bool inWarRoom, params Piece[] pieces)
    {
        var said = new Said(Ada, Room, [.. pieces], "key", Start);
        var (word, rest) = VerbParser.Split(said.Pieces);
        var verb = VerbList.Find(word)!;
        return (verb, new VerbParser(DefaultPolicy.Text).Read(verb, said, rest, inWarRoom));
    }

    private static Arguments Type(string text, bool inWarRoom = true) => Type(inWarRoom, new TextPiece(text)).Said;

    [Theory]
    [InlineData("declare Checkout returns 500s sev:1", Severity.Sev1)]
    [InlineData("declare sev2 Checkout returns 500s", Severity.Sev2)]
    [InlineData("new Checkout SEV-3 returns 500s", Severity.Sev3)]
    public void finds_the_severity_wherever_it_stands(string text, Severity severity)
    {
        var said = Type(text);
        Assert.Equal(severity, said.Severity);
        Assert.Equal("Checkout returns 500s", string.Join(' ', said.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void leaves_the_words_of_a_note_alone() =>
        Assert.Equal("private sev:1 for 2h \"as it\n stands\"", Type("note private sev:1 for 2h \"as it\n stands\"").Text);

    [Fact]
    public void understands_curly_quotes_and_spaces_that_do_not_break() =>
        Assert.Equal("cache down", Type("declare\u00a0\u201ccache down\u201d").Text);

    [Fact]
    public void takes_people_out_of_the_words()
    {
        var (_, said) = Type(true, new TextPiece("role comms "), new PersonPiece(Grace, "grace"));
        Assert.Equal((RoleId.Communications, Grace, ""), (said.Role!.Value, said.Person!.Value, said.Text));
    }

    [Theory]
    [InlineData("role manager me")]
    [InlineData("role manager @me")]
    [InlineData("role @Me manager")]
    public void knows_the_speaker_by_one_word(string text)
    {
        var said = Type(text);
        Assert.Equal((RoleId.Manager, Ada, ""), (said.Role!.Value, said.Person!.Value, said.Text));
    }

    [Fact]
    public void lets_the_war_room_say_which_incident_a_note_is_for()
    {
        Assert.Null(Type("note INC-41 looks related", inWarRoom: true).Incident);
        Assert.Equal(new IncidentId(41), Type("note INC-41 looks related", inWarRoom: false).Incident);
    }

    [Theory]
    [InlineData("snooze 30m vendor", 30)]
    [InlineData("snooze for:1h30m vendor", 90)]
    [InlineData("snooze vendor 1d", 1440)]
    public void reads_durations(string text, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), Type(text).Duration);

    [Fact]
    public void does_not_take_a_severity_that_does_not_exist_for_a_title()
    {
        var (verb, said) = Type(false, new TextPiece("declare Checkout returns 500s sev:9"));
        Assert.IsType<Reading.Unclear>(verb.Read(said));
    }

    [Fact]
    public void suggests_the_word_that_was_meant() =>
        Assert.Equal("There is no “sevrity”. Did you mean /incident severity sev:2 only one region is hit?", HelpCards.Unknown("sevrity", [], DefaultPolicy.Text).Summary);
}
