using ChatOpsIR.Core.Ports;
using ChatOpsIR.Slack.Outbound;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public sealed class OpeningARoom : IDisposable
{
    private const string Taken = """{"ok":false,"error":"name_taken"}""";
    private const string Nothing = """{"ok":true,"channels":[]}""";
    private static readonly RoomWanted Wanted = new("T1", "inc-42-checkout", Private: false, SlackBench.Noon);
    private readonly SlackBench bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task creates_it()
    {
        bench.Slack.Answer("conversations.create", Created("C9", "inc-42-checkout"));

        var room = await bench.Platform.OpenRoomAsync(Wanted, lookFirst: false, Now);

        Assert.Equal(("C9", "inc-42-checkout"), (room.Room.Id, room.Name));
    }

    [Fact]
    public async Task adopts_its_own_room_of_an_earlier_attempt()
    {
        bench.Slack.Answer("conversations.list", """{"ok":true,"channels":[],"response_metadata":{"next_cursor":"two="}}""")
            .Answer("conversations.list", Listed("C7", "inc-42-checkout", "UBOT", SlackBench.Noon.AddSeconds(-59)));

        var room = await bench.Platform.OpenRoomAsync(Wanted, lookFirst: true, Now);

        Assert.Equal("C7", room.Room.Id);
        Assert.Empty(bench.Slack.To("conversations.create"));
        Assert.Contains("cursor=two%3D", bench.Slack.To("conversations.list").Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task adopts_its_own_room_when_the_name_turns_out_to_be_taken()
    {
        bench.Slack.Answer("conversations.create", Taken)
            .Answer("conversations.list", Nothing).Answer("conversations.list", Listed("C7", "inc-42-checkout", "UBOT", SlackBench.Noon));

        var room = await bench.Platform.OpenRoomAsync(Wanted, lookFirst: true, Now);

        Assert.Equal("C7", room.Room.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task leaves_the_room_of_another_incident_that_is_called_the_same_alone(bool lookFirst)
    {
        bench.Slack.Answer("conversations.create", Taken).Answer("conversations.create", Created("C9", "inc-42-checkout-2"))
            .Answer("conversations.list", Listed("C7", "inc-42-checkout", "UBOT", SlackBench.Noon));

        var room = await bench.Platform.OpenRoomAsync(lookFirst ? Wanted with { NotThese = [new("slack", "C7")] } : Wanted, lookFirst, Now);

        Assert.Equal("C9", room.Room.Id);
    }

    [Fact]
    public async Task waits_for_the_page_of_channels_that_slack_will_not_give_yet()
    {
        bench.Slack.Answer("conversations.list", """{"ok":true,"channels":[],"response_metadata":{"next_cursor":"two="}}""")
            .Answer("conversations.list", "", System.Net.HttpStatusCode.TooManyRequests, retryAfter: 30)
            .Answer("conversations.list", Listed("C7", "inc-42-checkout", "UBOT", SlackBench.Noon));

        var room = await bench.PassTimeAsync(bench.Platform.OpenRoomAsync(Wanted, lookFirst: true, Now), TimeSpan.FromSeconds(5));

        Assert.Equal("C7", room.Room.Id);
        Assert.Equal(3, bench.Slack.To("conversations.list").Count());
    }

    [Theory]
    [InlineData("USOMEBODY", 0)]
    [InlineData("UBOT", -301)]
    public async Task leaves_what_is_not_its_own_alone_and_takes_a_suffix(string creator, int age)
    {
        bench.Slack.Answer("conversations.create", Taken).Answer("conversations.create", Created("C9", "inc-42-checkout-2"))
            .Answer("conversations.list", Listed("C7", "inc-42-checkout", creator, SlackBench.Noon.AddSeconds(age)));

        var room = await bench.Platform.OpenRoomAsync(Wanted, lookFirst: true, Now);

        Assert.Equal("C9", room.Room.Id);
        Assert.Contains("inc-42-checkout-2", bench.Slack.To("conversations.create").Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task gives_up_after_the_ninth_name()
    {
        bench.Slack.Answer("conversations.create", Taken).Answer("conversations.list", Nothing);

        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => bench.Platform.OpenRoomAsync(Wanted, lookFirst: false, Now));

        Assert.Equal("name_taken", refused.Code);
        Assert.Equal(9, bench.Slack.To("conversations.create").Count());
    }

    [Fact]
    public async Task asks_a_human_when_it_may_not_look()
    {
        bench.Slack.Answer("conversations.list", """{"ok":false,"error":"missing_scope","needed":"groups:read"}""");

        await Assert.ThrowsAsync<ChatCannotLookException>(() => bench.Platform.OpenRoomAsync(Wanted, lookFirst: true, Now));

        Assert.Empty(bench.Slack.To("conversations.create"));
    }

    [Theory]
    [InlineData("INC 42: Größe <!channel>", "inc-42-gr-e-channel")]
    [InlineData("--- ", "incident")]
    [InlineData("a_b-c", "a_b-c")]
    public void spells_names_as_slack_takes_them(string wanted, string name) => Assert.Equal(name, RoomNames.Sanitise(wanted));

    [Fact]
    public void keeps_names_within_eighty_characters() =>
        Assert.All(RoomNames.Candidates(new string('x', 200)), name => Assert.InRange(name.Length, 1, 80));

    public void Dispose() => bench.Dispose();

    private static string Created(string id, string name) => $$"""{"ok":true,"channel":{"id":"{{id}}","name":"{{name}}"} }""";

    private static string Listed(string id, string name, string creator, DateTimeOffset created) =>
        $$"""{"ok":true,"channels":[{"id":"{{id}}","name":"{{name}}","creator":"{{creator}}","created":{{created.ToUnixTimeSeconds()}},"is_private":false}]}""";
}
