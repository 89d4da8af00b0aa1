using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Playground;

public class A_file_in_a_message
{
    private readonly Playing play = new();

    private static JsonObject Given(string name, string content = "12 errors", string? type = "text/plain") => new()
    {
        ["name"] = name,
        ["mimetype"] = type,
        ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(content)),
    };

    private ActResult Send(params JsonObject[] files) =>
        play.Act("mara", "message", new JsonObject { ["channel"] = "incidents", ["text"] = "the log", ["files"] = new JsonArray([.. files]) });

    private string Id(string ts) => (string)Message(ts).Files![0]!["id"]!;

    private MessageView Message(string ts) => play.Workspace.Look().Channel("incidents")!.Messages.Single(message => message.Ts == ts);

    [Fact]
    public void is_told_with_the_message_and_by_itself()
    {
        Send(Given("errors.txt"));
        var told = play.Events();
        Assert.Equal(["message", "file_shared"], told.Select(about => (string?)about["type"]));
        Assert.Equal("file_share", (string?)told[0]["subtype"]);
        Assert.Equal(("errors.txt", 9L), ((string?)told[0]["files"]![0]!["name"], (long)told[0]["files"]![0]!["size"]!));
    }

    [Fact]
    public void can_be_looked_up_by_the_app()
    {
        var id = Id((string)Send(Given("errors.txt")).Data["ts"]!);
        Assert.Equal("errors.txt", (string?)play.Ok("files.info", new JsonObject { ["file"] = id })["file"]!["title"]);
    }

    [Fact]
    public void keeps_a_name_and_never_a_path()
    {
        var id = Id((string)Send(Given("../../etc/pass\u0007wd")).Data["ts"]!);
        Assert.Equal("passwd", play.Workspace.File(id, play.Id("mara"))!.Name);
    }

    [Theory]
    [InlineData("photo\u202egpj.exe", "photogpj.exe")]
    [InlineData("\u2066a\u2069\u200fb\u061c\u00adc\ufeff.txt", "abc.txt")]
    [InlineData("\u202e\u200f", "file")]
    [InlineData("\u05d9\u05d5\u05de\u05df.log", "\u05d9\u05d5\u05de\u05df.log")]
    [InlineData("\ud83d\udc69\u200d\ud83d\ude92.png", "\ud83d\udc69\u200d\ud83d\ude92.png")]
    public async Task is_told_by_its_name_and_shown_by_what_can_be_seen_of_it(string name, string shown)
    {
        Send(Given(name));
        Assert.Equal(name, (string?)play.Events()[0]["files"]![0]!["name"]);
        Assert.Equal(shown, FileNames.Shown(name));

        await using var bot = await Stories.RunningBot.StartAsync();
        await bot.ActAsync("mara", "message", new JsonObject { ["channel"] = "incidents", ["text"] = "the log", ["files"] = new JsonArray(Given(name)) });
        var page = WebUtility.HtmlDecode(await bot.Http.GetStringAsync(new Uri("/playground?as=mara&c=incidents", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Contains($"<bdi>{shown}</bdi>", page, StringComparison.Ordinal);
        Assert.Contains($"download=\"{shown}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
    }

    [Fact]
    public void is_refused_when_it_is_too_large_or_one_too_many()
    {
        Assert.Equal("file_too_large", Send(Given("big.txt", new string('x', 1_000_001))).Error);
        Assert.True(Send(Given("just.txt", new string('x', 1_000_000))).Ok);
        Assert.Equal("too_many_files", Send([.. Enumerable.Range(1, 6).Select(number => Given($"{number}.txt"))]).Error);
        Assert.Equal("invalid_file", Send(new JsonObject { ["name"] = "a", ["content"] = "!!" }).Error);
    }

    [Fact]
    public void leaves_a_stone_when_it_is_deleted()
    {
        var ts = (string)Send(Given("errors.txt")).Data["ts"]!;
        var id = Id(ts);
        play.Events();
        Assert.Equal("cant_update_message", Delete("idris", ts, id).Error);
        Assert.True(Delete("mara", ts, id).Ok);

        var told = play.Events();
        Assert.Equal(("file_deleted", id), ((string?)told[0]["type"], (string?)told[0]["file_id"]));
        Assert.Equal("tombstone", (string?)told[1]["message"]!["files"]![0]!["mode"]);
        Assert.Equal("errors.txt", (string?)told[1]["previous_message"]!["files"]![0]!["name"]);
        Assert.False(told[1]["message"]!.AsObject().ContainsKey("edited"));
        Assert.Equal("file_deleted", play.Error("files.info", new JsonObject { ["file"] = id }));
        Assert.Null(play.Workspace.File(id, play.Id("mara")));
        Assert.Equal("file_not_found", Delete("mara", ts, id).Error);
    }

    [Fact]
    public void is_for_those_who_see_its_channel()
    {
        var said = play.Act("helen", "message", new JsonObject { ["channel"] = "exec-briefing", ["text"] = "", ["files"] = new JsonArray(Given("plan.txt")) });
        var id = (string)play.Workspace.Look().Channel("exec-briefing")!.Messages.Single(message => message.Ts == (string?)said.Data["ts"]).Files![0]!["id"]!;
        Assert.NotNull(play.Workspace.File(id, play.Id("idris")));
        Assert.Null(play.Workspace.File(id, play.Id("mara")));
        Assert.Null(play.Workspace.File(id, Playing.Bot));
    }

    private ActResult Delete(string who, string ts, string file) =>
        play.Act(who, "delete-file", new JsonObject { ["channel"] = "incidents", ["ts"] = ts, ["file"] = file });
}

public class A_file_over_http
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_a_download_whatever_it_claims_to_be()
    {
        await using var play = await HostedPlayground.StartAsync(_ => new HttpResponseMessage(HttpStatusCode.OK));
        var file = await SendAsync(play);
        using var page = await play.Browser.GetAsync(new Uri($"/playground/files/{file["id"]}?as=mara", UriKind.Relative), Ct);
        Assert.Equal("<script>alert(1)</script>", await page.Content.ReadAsStringAsync(Ct));
        Assert.Equal(("attachment", "application/octet-stream"), (page.Content.Headers.ContentDisposition!.DispositionType, page.Content.Headers.ContentType!.MediaType));
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", page.Headers.GetValues("Content-Security-Policy").Single());
        using var stranger = await play.Browser.GetAsync(new Uri($"/playground/files/{file["id"]}?as=nobody", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task opens_to_the_bots_token_where_its_description_says()
    {
        await using var play = await HostedPlayground.StartAsync(_ => new HttpResponseMessage(HttpStatusCode.OK));
        var address = new Uri((string)(await SendAsync(play))["url_private"]!).PathAndQuery;
        using var without = await play.Browser.GetAsync(new Uri(address, UriKind.Relative), Ct);
        Assert.Equal(("text/html", HttpStatusCode.OK), (without.Content.Headers.ContentType!.MediaType, without.StatusCode));

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Authorization", "Bearer xoxb-playground");
        using var with = await play.Browser.SendAsync(request, Ct);
        Assert.Equal("<script>alert(1)</script>", await with.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<JsonObject> SendAsync(HostedPlayground play)
    {
        await play.ActAsync(new JsonObject
        {
            ["as"] = "mara",
            ["do"] = "message",
            ["channel"] = "incidents",
            ["files"] = new JsonArray(new JsonObject
            {
                ["name"] = "page.html",
                ["mimetype"] = "text/html",
                ["content"] = Convert.ToBase64String("<script>alert(1)</script>"u8),
            }),
        });
        return play.Workspace.Look().Channel("incidents")!.Messages[^1].Files![0]!.AsObject();
    }
}
