using System.Text.Json.Nodes;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Bot.Tests.Failures;

public class When_the_store_fails
{
    public static TheoryData<object> Ways => [Trouble.Fails, Trouble.FailsAfterwards, Trouble.Stalls, Trouble.Hangs];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task an_event_is_asked_for_again_in_time_and_then_recorded_once(object way)
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync();
        bot.Played.Say("mara", room, "Rolling back now");
        var message = bot.Played.Workspace.TakeDeliveries().Single();
        bot.Store.On = (method, _) => method is nameof(Core.Ports.IStreamStore.AppendAsync) ? (Trouble)way : null;

        Assert.Equal(503, (await bot.SendAsync(message)).Status);

        if (way is Trouble.Hangs)
        {
            return; // A call that never comes back holds its stream until the process starts anew.
        }

        bot.Store.Always(null);
        await bot.PassTimeAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(200, (await bot.SendAsync(message)).Status);
        Assert.Single(await bot.EntriesAsync(), entry => entry.Kind is "message" && Text(entry).Contains("Rolling back now", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task an_event_is_asked_for_again_in_time_where_nobody_can_say_whose_room_it_is_of(object way)
    {
        await using var bot = new PlayedBot();
        await bot.WithWarRoomAsync();
        bot.Played.Say("mara", "incidents", "Rolling back now");
        bot.Directory.Always((Trouble)way);

        Assert.Equal(503, (await bot.SendAsync(bot.Played.Workspace.TakeDeliveries().Single())).Status);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task what_is_said_in_a_room_that_was_heard_from_before_is_recorded_without_looking_it_up(object way)
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync();
        bot.Played.Say("mara", room, "Rolling back now");
        bot.Directory.Always((Trouble)way);

        Assert.Equal(200, (await bot.SendAsync(bot.Played.Workspace.TakeDeliveries().Single())).Status);
        Assert.Single(await bot.EntriesAsync(), entry => entry.Kind is "message" && Text(entry).Contains("Rolling back now", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task a_command_says_that_it_is_not_confirmed_and_where_to_look(object way)
    {
        await using var bot = new PlayedBot();
        await bot.TypeAsync("mara", "/incident list");
        bot.Store.Always((Trouble)way);

        var answer = await bot.TypeAsync("mara", "/incident declare Checkout returns 500s");

        Assert.Contains("Not confirmed", answer, StringComparison.Ordinal);
        Assert.Contains("/incident list", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("is declared", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task a_form_stays_open_with_what_was_typed_and_says_so(object way)
    {
        await using var bot = new PlayedBot();
        await bot.TypeAsync("mara", "/incident declare");
        bot.Store.Always((Trouble)way);

        var answer = await bot.ActAsync("mara", "submit", new JsonObject { ["values"] = new JsonObject { ["text"] = new JsonObject { ["v"] = "Checkout returns 500s" } } });

        var errors = JsonNode.Parse(answer)!;
        Assert.Equal("errors", (string?)errors["response_action"]);
        Assert.StartsWith("Not saved: the store", (string?)errors["errors"]!["text"], StringComparison.Ordinal);
        Assert.EndsWith("Nothing you typed is lost: send it again in a moment.", (string?)errors["errors"]!["text"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task a_button_is_not_confirmed_beside_the_message_that_holds_it(object way)
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync();
        var press = Press(bot, room);
        bot.Store.Always((Trouble)way);

        Assert.Equal(200, (await bot.SendAsync(press)).Status);

        Assert.Contains(bot.Played.Workspace.Look().Ephemerals, seen => seen.Text.Contains("Not confirmed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task and_slack_does_not_show_the_sentence_a_button_is_marked_as_failed()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync();
        var press = Press(bot, room);
        bot.Store.Always(Trouble.Fails);
        bot.Slack.Always("response_url", UnreliableSlack.Status(500));

        Assert.Equal(503, (await bot.SendAsync(press)).Status);
    }

    [Fact]
    public async Task words_in_a_message_are_asked_for_again_and_then_carried_out_once()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync();
        bot.Played.Say("mara", room, "!incident note We roll back");
        var message = bot.Played.Workspace.TakeDeliveries().Single();
        var calls = 0;
        bot.Store.On = (method, _) => method is nameof(Core.Ports.IStreamStore.AppendAsync) && ++calls > 1 ? Trouble.Fails : null;

        Assert.Equal(503, (await bot.SendAsync(message)).Status);
        bot.Store.Always(null);
        Assert.Equal(200, (await bot.SendAsync(message)).Status);
        Assert.Equal(200, (await bot.SendAsync(message)).Status);

        Assert.Single(await bot.EntriesAsync(), entry => entry.Kind is "note-added");
        Assert.Single(await bot.EntriesAsync(), entry => entry.Kind is "message" && Text(entry).Contains("!incident note", StringComparison.Ordinal));
    }

    /// <summary>A press of one of the card's buttons.</summary>
    private static Delivery Press(PlayedBot bot, string room)
    {
        var card = bot.Played.Workspace.Look().Channel(room)!.Messages.Single(message => message.Pinned is not null);
        var button = card.Blocks!.SelectMany(block => block!["elements"] as JsonArray ?? []).First(element => (string?)element!["type"] is "button")!;
        return bot.Played.Act("mara", "press", new JsonObject { ["channel"] = room, ["ts"] = card.Ts, ["action_id"] = (string?)button["action_id"] }).Delivery!;
    }

    private static string Text(RawEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Content!.Value.Span);
}
