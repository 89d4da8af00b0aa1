using System.Net;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Stories;

namespace ChatOpsIR.Bot.Tests.Timeline;

public sealed class A_private_timeline
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task opens_for_those_whom_it_involves_and_for_nobody_by_their_cookie_elsewhere()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Payroll data leaked sev:1 private");
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:2");
        await bot.RoomOpensAsync("INC-2");

        using var mara = await PageReader.OpenAsync(bot, "mara");
        Assert.Contains("Payroll data leaked", await mara.ReadAsync(), StringComparison.Ordinal);

        // Idris sees no such incident in chat; with the cookie of an incident that he may see, no more.
        Assert.Contains("no such incident", await bot.TypesAsync("idris", "incidents", "/incident timeline INC-1"), StringComparison.OrdinalIgnoreCase);
        using var idris = await PageReader.OpenAsync(bot, "idris", "INC-2");
        var cookie = Assert.Single(idris.Cookies.GetAllCookies());
        idris.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/incidents/INC-1", cookie.Domain));
        using var foreign = await idris.GetAsync("/incidents/INC-1");
        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
        Assert.DoesNotContain("Payroll", await foreign.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }
}

public sealed class A_private_room
{
    [Fact]
    public async Task gives_those_without_a_part_a_sentence_and_no_dead_link()
    {
        await using var bot = await RunningBot.StartAsync("--Api:Keys:0=story-key|private");
        await bot.TypesAsync("mara", "incidents", "/incident declare Payroll data leaked sev:1 private");
        await bot.RoomOpensAsync("INC-1");
        var room = (await bot.IncidentAsync("INC-1")).GetProperty("rooms")[0].GetProperty("name").GetString()!;
        await bot.ActAsync("mara", "invite", new JsonObject { ["channel"] = room, ["user"] = "idris" });

        var refused = (await bot.ActAsync("idris", "command", room, "/incident timeline")).ToJsonString();
        Assert.DoesNotContain("/incidents/INC-1", refused, StringComparison.Ordinal);
        Assert.Contains("/incident role INC-1 investigator me", refused, StringComparison.Ordinal);

        await bot.TypesAsync("idris", room, "/incident role INC-1 investigator me");
        await bot.TypesAsync("idris", room, "/incident accept investigator");
        using var idris = await PageReader.OpenAsync(bot, "idris", channel: room);
        Assert.Contains("Payroll data leaked", await idris.ReadAsync(), StringComparison.Ordinal);
    }
}

public sealed class An_old_link
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task says_that_it_is_old_and_the_page_stays_open()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");
        var link = await PageReader.LinkAsync(bot, "mara");
        using var open = await PageReader.OpenAsync(bot, "mara");
        await bot.AdvanceAsync(TimeSpan.FromMinutes(16));

        using var late = new PageReader(bot.Http.BaseAddress!);
        using var answer = await late.GetAsync(link);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("older than 15 minutes", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("Checkout returns 500s", await open.ReadAsync(), StringComparison.Ordinal);

        await bot.AdvanceAsync(TimeSpan.FromHours(8));
        using var over = await open.GetAsync("/incidents/INC-1");
        Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);
    }
}
