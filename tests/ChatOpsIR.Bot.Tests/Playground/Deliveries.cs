using System.Text.Json.Nodes;

namespace ChatOpsIR.Bot.Tests.Playground;

/// <summary>Expected keys were written down by hand from the published shapes.</summary>
public class An_event
{
    private readonly Playing play = new();
    private readonly string room;

    public An_event()
    {
        room = play.WarRoom();
        play.Ok("conversations.invite", new JsonObject { ["channel"] = room, ["users"] = $"{play.Id("mara")},{play.Id("idris")}" });
        play.Workspace.TakeDeliveries();
    }

    private static string Keys(JsonNode? node) => string.Join(' ', node!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void comes_in_the_envelope_of_the_events_api()
    {
        play.Say("mara", room, "hi");
        var delivery = Assert.Single(play.Workspace.TakeDeliveries());
        var envelope = Playing.Parse(delivery.Body);
        Assert.Equal(("/slack/events", "application/json"), (delivery.Path, delivery.ContentType));
        Assert.Equal(
            "api_app_id authorizations context_enterprise_id context_team_id event event_context event_id event_time is_ext_shared_channel team_id token type",
            Keys(envelope));
        Assert.Equal("enterprise_id is_bot is_enterprise_install team_id user_id", Keys(envelope["authorizations"]![0]));
        Assert.Equal(delivery.EventId, (string?)envelope["event_id"]);
    }

    [Fact]
    public void of_a_message_has_the_keys_of_one()
    {
        play.Say("mara", room, "Restarting");
        var told = Assert.Single(play.Events());
        Assert.Equal("blocks channel channel_type client_msg_id event_ts team text ts type user", Keys(told));
        Assert.Equal("channel", (string?)told["channel_type"]);
        Assert.Matches(@"^\d{10}\.\d{6}$", (string?)told["ts"]);
    }

    [Fact]
    public void of_a_reply_names_the_thread()
    {
        var parent = play.Say("mara", room, "one");
        play.Events();
        play.Say("idris", room, "two", parent);
        var told = Assert.Single(play.Events());
        Assert.Equal("blocks channel channel_type client_msg_id event_ts parent_user_id team text thread_ts ts type user", Keys(told));
        Assert.Equal((parent, play.Id("mara")), ((string?)told["thread_ts"], (string?)told["parent_user_id"]));
    }

    [Fact]
    public void of_a_broadcast_carries_the_root()
    {
        var parent = play.Say("mara", room, "one");
        play.Events();
        play.Say("idris", room, "all green", parent, broadcast: true);
        var told = Assert.Single(play.Events());
        Assert.Equal("blocks channel channel_type client_msg_id event_ts root subtype team text thread_ts ts type user", Keys(told));
        Assert.Equal("thread_broadcast", (string?)told["subtype"]);
        Assert.Equal("latest_reply reply_count reply_users reply_users_count text thread_ts ts type user", Keys(told["root"]!.AsObject().Without("team")));
    }

    [Fact]
    public void of_an_edit_holds_both_texts_and_its_own_time()
    {
        var ts = play.Say("mara", room, "old");
        play.Events();
        play.Clock.Advance(TimeSpan.FromSeconds(5));
        play.Act("mara", "edit", new JsonObject { ["channel"] = room, ["ts"] = ts, ["text"] = "new" });
        var told = Assert.Single(play.Events());
        Assert.Equal("channel channel_type event_ts hidden message previous_message subtype ts type", Keys(told));
        Assert.Equal(("new", ts), ((string?)told["message"]!["text"], (string?)told["message"]!["ts"]));
        Assert.Equal("blocks client_msg_id edited source_team team text ts type user user_team", Keys(told["message"]));
        Assert.Equal("old", (string?)told["previous_message"]!["text"]);
        Assert.NotEqual(ts, (string?)told["ts"]);
        Assert.EndsWith(".000000", (string?)told["message"]!["edited"]!["ts"]);
    }

    [Fact]
    public void of_a_deletion_names_the_victim()
    {
        var ts = play.Say("mara", room, "oops");
        play.Events();
        play.Act("mara", "delete", new JsonObject { ["channel"] = room, ["ts"] = ts });
        var told = Assert.Single(play.Events());
        Assert.Equal("channel channel_type deleted_ts event_ts hidden previous_message subtype ts type", Keys(told));
        Assert.Equal(("message_deleted", ts), ((string?)told["subtype"], (string?)told["deleted_ts"]));
    }

    [Fact]
    public void of_a_deleted_parent_is_a_tombstone_and_the_last_reply_takes_it_along()
    {
        var parent = play.Say("mara", room, "parent");
        var reply = play.Say("idris", room, "reply", parent);
        play.Events();
        play.Act("mara", "delete", new JsonObject { ["channel"] = room, ["ts"] = parent });
        var stone = Assert.Single(play.Events());
        Assert.Equal(("message_changed", "tombstone"), ((string?)stone["subtype"], (string?)stone["message"]!["subtype"]));
        Assert.Equal(
            "hidden is_locked latest_reply parent_user_id reply_count reply_users reply_users_count subscribed subtype text thread_ts ts type user",
            Keys(stone["message"]));
        play.Act("idris", "delete", new JsonObject { ["channel"] = room, ["ts"] = reply });
        var gone = play.Events();
        Assert.Equal([reply, parent], gone.Select(item => (string?)item["deleted_ts"]));
        Assert.Equal("tombstone", (string?)gone[1]["previous_message"]!["subtype"]);
    }

    [Fact]
    public void of_a_file_comes_twice()
    {
        play.Act("mara", "message", new JsonObject
        {
            ["channel"] = room,
            ["text"] = "graph",
            ["files"] = new JsonArray(new JsonObject { ["name"] = "latency.png", ["mimetype"] = "image/png", ["size"] = 48213 }),
        });
        var told = play.Events();
        Assert.Equal(["file_share", null], told.Select(item => (string?)item["subtype"]));
        Assert.Equal("channel_id event_ts file file_id type user_id", Keys(told[1]));
        Assert.Equal(
            "created display_as_bot editable external_type file_access filetype has_rich_preview id is_external is_public mimetype mode name "
            + "permalink pretty_type public_url_shared size timestamp title url_private url_private_download user username",
            Keys(told[0]["files"]![0]));
    }

    [Fact]
    public void of_a_reaction_names_message_and_author()
    {
        var ts = play.Say("mara", room, "x");
        play.Events();
        play.Act("idris", "react", new JsonObject { ["channel"] = room, ["ts"] = ts, ["name"] = "eyes" });
        play.Act("idris", "unreact", new JsonObject { ["channel"] = room, ["ts"] = ts, ["name"] = "eyes" });
        var told = play.Events();
        Assert.Equal(["reaction_added", "reaction_removed"], told.Select(item => (string?)item["type"]));
        Assert.All(told, item => Assert.Equal("event_ts item item_user reaction type user", Keys(item)));
    }

    [Fact]
    public void of_a_pin_shows_the_message()
    {
        var ts = play.Say("mara", room, "x");
        play.Events();
        play.Act("mara", "pin", new JsonObject { ["channel"] = room, ["ts"] = ts });
        var told = Assert.Single(play.Events());
        Assert.Equal("channel_id event_ts item item_user pin_count pinned_info type user", Keys(told));
        Assert.Equal("channel created created_by message type", Keys(told["item"]));
        Assert.NotNull(told["item"]!["message"]!["permalink"]);
    }

    [Fact]
    public void of_somebody_joining_comes_as_a_line_and_as_its_twin()
    {
        play.Act("noa", "join", new JsonObject { ["channel"] = room });
        play.Act("mara", "invite", new JsonObject { ["channel"] = room, ["user"] = "priya" });
        var told = play.Events();
        Assert.Equal("channel channel_type event_ts subtype text ts type user", Keys(told[0]));
        Assert.Equal("channel channel_type event_ts team type user", Keys(told[1]));
        Assert.Equal("channel channel_type event_ts inviter team type user", Keys(told[3]));
        Assert.Equal("C", (string?)told[3]["channel_type"]);
    }

    [Fact]
    public void of_a_rename_comes_as_a_line_and_as_its_twin()
    {
        play.Act("mara", "rename", new JsonObject { ["channel"] = room, ["name"] = "inc-1-cache" });
        var told = play.Events();
        Assert.Equal("channel channel_type event_ts name old_name subtype text ts type user", Keys(told[0]));
        Assert.Equal("created id is_channel is_mpim name name_normalized", Keys(told[1]["channel"]));
    }

    [Fact]
    public void of_a_mention_comes_in_addition_to_the_message()
    {
        play.Say("mara", room, "@ChatOpsIR status?");
        var told = play.Events();
        Assert.Equal(["message", "app_mention"], told.Select(item => (string?)item["type"]));
        Assert.Equal(told[0]["ts"]!.GetValue<string>(), (string?)told[1]["ts"]);
    }

    [Fact]
    public void echoes_what_the_bot_says_with_its_metadata()
    {
        play.Ok("chat.postMessage", new JsonObject
        {
            ["channel"] = room,
            ["text"] = "card",
            ["metadata"] = new JsonObject { ["event_type"] = "entry", ["event_payload"] = new JsonObject { ["idem"] = "1" } },
        });
        var told = Assert.Single(play.Events());
        Assert.Equal("app_id bot_id bot_profile channel channel_type event_ts metadata team text ts type user", Keys(told));
    }

    [Fact]
    public void has_an_id_of_its_own_and_a_ts_that_only_grows_while_the_clock_stands()
    {
        for (var count = 0; count < 20; count++)
        {
            play.Say("mara", room, "x");
        }

        string[] order = [.. play.Events().Select(item => (string)item["ts"]!)];
        Assert.Equal(order.Order(StringComparer.Ordinal), order);
        Assert.Equal(20, order.Distinct().Count());
    }
}

internal static class JsonWithout
{
    public static JsonObject Without(this JsonObject from, string name)
    {
        var copy = from.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }
}
