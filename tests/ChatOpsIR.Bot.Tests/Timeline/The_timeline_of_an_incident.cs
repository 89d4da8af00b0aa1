using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsIR.Bot.Tests.Stories;

namespace ChatOpsIR.Bot.Tests.Timeline;

/// <summary>An incident with an edit, a thread, a deletion, reactions and hostile text, read over HTTP by several people.</summary>
public sealed class ReadIncident : IAsyncLifetime
{
    public const string Room = "inc-1-checkout-returns-500s";

    internal RunningBot Bot { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bot = await RunningBot.StartAsync();
        await Bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await Bot.RoomOpensAsync("INC-1");
        await Bot.ActAsync("mara", "invite", new JsonObject { ["channel"] = Room, ["user"] = "idris" });
        var parent = await Bot.SaysAsync("mara", Room, "It started at 13:25 with `release-41`");
        await Bot.DoesAsync("mara", "edit", Room, parent, ("text", "It started at 13:52 with `release-41`"));
        await Bot.DoesAsync("idris", "react", Room, parent, ("name", "eyes"));
        await Bot.SaysAsync("idris", Room, "Which regions first?", parent);
        var gone = await Bot.SaysAsync("mara", Room, "It was the new cache");
        await Bot.DoesAsync("mara", "delete", Room, gone);
        await Bot.SaysAsync("idris", Room, "<script>alert(1)</script> see https://graphs.example/a?b=c and javascript:alert(2)");
        await Bot.TypesAsync("mara", Room, "/incident note The vendor confirms it");
        await Bot.IsToldAsync("INC-1", "vendor confirms");

        // Events come in order, and after the command's answer.
        await Bot.IsToldAsync("INC-1", "javascript:alert(2)");
    }

    public ValueTask DisposeAsync() => Bot.DisposeAsync();
}

public sealed class The_timeline_of_an_incident(ReadIncident incident) : IClassFixture<ReadIncident>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task opens_by_the_link_from_chat_and_keeps_it_out_of_the_address()
    {
        var link = await PageReader.LinkAsync(incident.Bot, "mara");
        using var mara = new PageReader(incident.Bot.Http.BaseAddress!);
        using var followed = await mara.GetAsync(link);

        Assert.Equal((HttpStatusCode.SeeOther, "/incidents/INC-1"), (followed.StatusCode, followed.Headers.Location!.ToString()));
        var cookie = Assert.Single(followed.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/incidents/INC-1", cookie, StringComparison.Ordinal);
        Assert.Contains("Checkout returns 500s", await mara.ReadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/incidents/INC-1")]
    [InlineData("/incidents/INC-77")]
    [InlineData("/incidents/nonsense")]
    [InlineData("/incidents/INC-1?key=MTIz.MTIz")]
    [InlineData("/incidents/INC-77?key=MTIz.MTIz")]
    public async Task tells_strangers_nothing_but_how_to_ask(string address)
    {
        using var stranger = new PageReader(incident.Bot.Http.BaseAddress!);
        using var answer = await stranger.GetAsync(address);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("/incident timeline", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Checkout", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("export")]
    public async Task has_no_side_door(string what)
    {
        using var stranger = new PageReader(incident.Bot.Http.BaseAddress!);
        using var answer = await stranger.GetAsync($"/incidents/INC-1/{what}");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task folds_replies_reactions_and_versions_under_their_message()
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara");
        var message = Assert.Single(await mara.EntriesAsync(), entry => entry.Contains("release-41", StringComparison.Ordinal));
        Assert.Contains("Edited once. Showing version 2", message, StringComparison.Ordinal);
        Assert.Contains("13:25", message, StringComparison.Ordinal);
        Assert.Contains("13:52", message, StringComparison.Ordinal);
        Assert.Contains("1 reply", message, StringComparison.Ordinal);
        Assert.Contains("Which regions first?", message, StringComparison.Ordinal);
        Assert.Contains("👀 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task shows_a_deletion_as_a_tombstone_with_what_was_there()
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara");
        var tombstone = Assert.Single(await mara.EntriesAsync(), entry => entry.Contains("It was the new cache", StringComparison.Ordinal));
        Assert.Contains("deleted", tombstone, StringComparison.Ordinal);
        Assert.Contains("The record keeps it.", tombstone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task escapes_what_people_wrote_and_links_to_the_web_only()
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara");
        var html = await mara.ReadAsync();
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://graphs.example/a?b=c\" rel=\"noopener noreferrer nofollow\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<[^>]*\\s(style|on[a-z]+)=", html);
    }

    [Theory]
    [InlineData("?q=VENDOR", "The vendor confirms it")]
    [InlineData("?q=new cache", "It was the new cache")]
    [InlineData("?show=reactions&q=eyes", "Reacted with :eyes:")]
    [InlineData("?show=changes&q=13:52", "13:52")]
    [InlineData("?from=2020-01-01T00:00&q=which regions", "Which regions first?")]
    public async Task is_searched_by_kind_person_text_and_time(string query, string found)
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara");
        var entries = await mara.EntriesAsync(query);
        Assert.NotEmpty(entries);
        Assert.Contains(entries, entry => entry.Contains(found, StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.DoesNotContain("Severity", entry, StringComparison.Ordinal));
    }

    [Fact]
    public async Task shows_one_persons_entries_alone()
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara");
        var html = await mara.ReadAsync();
        var idris = Regex.Match(html, "value=\"(slack:[^\"]+)\"(?:(?!value=\")[\\s\\S])*?<bdi>Idris Okafor</bdi>").Groups[1].Value;
        var entries = await mara.EntriesAsync($"?by={Uri.EscapeDataString(idris)}");
        Assert.Contains(entries, entry => entry.Contains("Which regions first?", StringComparison.Ordinal));
        Assert.DoesNotContain(entries, entry => entry.Contains("vendor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task shows_nothing_later_than_asked_for()
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara");
        Assert.Empty(await mara.EntriesAsync("?to=2020-01-01T00:00"));
        Assert.Contains("Nothing in this record matches.", await mara.ReadAsync("?to=2020-01-01T00:00"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task speaks_the_readers_time_beside_utc()
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara", zone: "Asia/Kolkata");
        var html = await mara.ReadAsync();
        Assert.Contains("Times: Kolkata", html, StringComparison.Ordinal);
        Assert.Contains("UTC&#x2B;5:30", html, StringComparison.Ordinal);
        Assert.Matches("\\d\\d:\\d\\d:\\d\\d UTC", html);
    }

    [Fact]
    public async Task is_verified_and_can_be_taken_along()
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara");
        Assert.Contains("Record verified", await mara.ReadAsync(), StringComparison.Ordinal);
        using var export = await mara.GetAsync("/incidents/INC-1/export");
        Assert.Equal("inc-1.json", export.Content.Headers.ContentDisposition!.FileName);
        Assert.Contains("\"format\": \"chatopsir-export/1\"", await export.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var again = await mara.PostAsync("/incidents/INC-1/check");
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task allows_nothing_inline_and_nothing_from_elsewhere()
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara");
        using var answer = await mara.GetAsync("/incidents/INC-1");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task goes_on_by_itself()
    {
        using var mara = await PageReader.OpenAsync(incident.Bot, "mara");
        var version = (await incident.Bot.IncidentAsync("INC-1")).GetProperty("head").GetProperty("version").GetInt64();
        using var live = await mara.StreamAsync($"/incidents/INC-1/live?after={version}");
        Assert.Equal("text/event-stream", live.Content.Headers.ContentType!.MediaType);
        await incident.Bot.TypesAsync("mara", ReadIncident.Room, "/incident note Seen as it happens");

        using var lines = new StreamReader(await live.Content.ReadAsStreamAsync(Ct));
        while (await lines.ReadLineAsync(Ct) is { } line)
        {
            if (line.Contains("Seen as it happens", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("The stream ended without the entry.");
    }
}
