using System.Text.Json.Nodes;

namespace ChatOpsIR.Bot.Tests.Playground;

public class Making_a_channel
{
    private readonly Playing play = new();

    [Theory]
    [InlineData("", "invalid_name_required")]
    [InlineData("Inc-1", "invalid_name_specials")]
    [InlineData("inc 1", "invalid_name_specials")]
    [InlineData("inc.1", "invalid_name_specials")]
    [InlineData("-_-", "invalid_name_punctuation")]
    public void refuses_names_that_the_product_refuses(string name, string error) =>
        Assert.Equal(error, play.Error("conversations.create", new JsonObject { ["name"] = name }));

    [Fact]
    public void refuses_more_than_eighty_letters() =>
        Assert.Equal("invalid_name_maxlength", play.Error("conversations.create", new JsonObject { ["name"] = new string('a', 81) }));

    [Fact]
    public void refuses_a_name_that_is_taken_even_by_a_private_channel_or_an_archived_one()
    {
        Assert.Equal("name_taken", play.Error("conversations.create", new JsonObject { ["name"] = "exec-briefing" }));
        play.Ok("conversations.archive", new JsonObject { ["channel"] = play.WarRoom() });
        Assert.Equal("name_taken", play.Error("conversations.create", new JsonObject { ["name"] = "inc-1" }));
    }

    [Fact]
    public void makes_the_bot_a_member_and_tells_it_so()
    {
        var id = play.WarRoom();
        Assert.True((bool)play.Ok("conversations.info", new JsonObject { ["channel"] = id })["channel"]!["is_member"]!);
        var events = play.Events();
        Assert.Equal(["channel_join", null], events.Select(item => (string?)item["subtype"]));
        Assert.Equal("member_joined_channel", (string?)events[1]["type"]);
    }
}

public class Inviting_people
{
    private readonly Playing play = new();
    private readonly string room;

    public Inviting_people() => room = play.WarRoom();

    private JsonObject Invite(string users, bool force = false) =>
        play.Call("conversations.invite", new JsonObject { ["channel"] = room, ["users"] = users, ["force"] = force });

    [Fact]
    public void adds_all_of_them_and_tells_of_each()
    {
        play.Events();
        Invite($"{play.Id("mara")},{play.Id("idris")}");
        Assert.Equal(
            ["message", "member_joined_channel", "message", "member_joined_channel"],
            play.Events().Select(item => (string?)item["type"]));
    }

    [Fact]
    public void adds_nobody_when_one_cannot_come()
    {
        var answer = Invite($"{play.Id("mara")},U404");
        Assert.Equal("user_not_found", (string?)answer["error"]);
        Assert.Equal("U404", (string?)answer["errors"]![0]!["user"]);
        Assert.DoesNotContain(play.Id("mara"), play.Workspace.Look().Channel(room)!.Members);
    }

    [Fact]
    public void adds_the_others_when_forced()
    {
        var answer = Invite($"{play.Id("mara")},U404", force: true);
        Assert.True((bool)answer["ok"]!);
        Assert.Contains(play.Id("mara"), play.Workspace.Look().Channel(room)!.Members);
    }

    [Fact]
    public void refuses_itself_members_and_guests_by_name()
    {
        Assert.Equal("cant_invite_self", (string?)Invite(Playing.Bot)["error"]);
        Invite(play.Id("mara"));
        Assert.Equal("already_in_channel", (string?)Invite(play.Id("mara"))["error"]);
        Assert.Equal("user_is_restricted", (string?)Invite(play.Id("sam"))["error"]);
    }
}

public class A_private_channel
{
    private readonly Playing play = new();

    [Fact]
    public void does_not_exist_for_a_bot_outside()
    {
        var id = play.Channel("exec-briefing");
        Assert.Equal("channel_not_found", play.Error("conversations.info", new JsonObject { ["channel"] = id }));
        Assert.Equal("channel_not_found", play.Error("chat.postMessage", new JsonObject { ["channel"] = id, ["text"] = "x" }));
        var listed = play.Ok("conversations.list", new JsonObject { ["types"] = "public_channel,private_channel" });
        Assert.DoesNotContain(listed["channels"]!.AsArray(), channel => (string?)channel!["id"] == id);
    }

    [Fact]
    public void sends_no_events_to_a_bot_outside()
    {
        play.Say("helen", "exec-briefing", "quiet");
        Assert.Empty(play.Events());
    }

    [Fact]
    public void does_not_exist_for_people_outside() =>
        Assert.Equal("channel_not_found", play.Act("mara", "message", new JsonObject { ["channel"] = "exec-briefing", ["text"] = "x" }).Error);
}

public class Archiving
{
    private readonly Playing play = new();

    [Fact]
    public void throws_the_bot_out_after_telling_it()
    {
        var room = play.WarRoom();
        play.Events();
        play.Ok("conversations.archive", new JsonObject { ["channel"] = room });
        Assert.Equal(["message", "channel_archive"], play.Events().Select(item => (string?)item["type"]));
        Assert.Equal("not_in_channel", play.Error("conversations.history", new JsonObject { ["channel"] = room }));
        Assert.Equal("is_archived", play.Error("conversations.join", new JsonObject { ["channel"] = room }));
        Assert.Equal("is_archived", play.Error("chat.postMessage", new JsonObject { ["channel"] = room, ["text"] = "x" }));
        Assert.Equal("already_archived", play.Error("conversations.archive", new JsonObject { ["channel"] = room }));
    }
}

public class A_topic
{
    private readonly Playing play = new();

    [Fact]
    public void is_counted_in_code_points()
    {
        var room = play.WarRoom();
        var flames = string.Concat(Enumerable.Repeat("🔥", 250));
        play.Ok("conversations.setTopic", new JsonObject { ["channel"] = room, ["topic"] = flames });
        Assert.Equal("too_long", play.Error("conversations.setTopic", new JsonObject { ["channel"] = room, ["topic"] = flames + "x" }));
    }

    [Fact]
    public void tells_who_set_it()
    {
        var room = play.WarRoom();
        play.Events();
        play.Ok("conversations.setTopic", new JsonObject { ["channel"] = room, ["topic"] = "SEV2" });
        var told = Assert.Single(play.Events());
        Assert.Equal(("channel_topic", "SEV2", $"<@{Playing.Bot}> set the channel topic: SEV2"), ((string?)told["subtype"], (string?)told["topic"], (string?)told["text"]));
    }
}
