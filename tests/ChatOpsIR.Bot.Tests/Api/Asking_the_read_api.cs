using System.Net;
using System.Text.Json;

namespace ChatOpsIR.Bot.Tests.Api;

public sealed class Asking_the_read_api(ThreeIncidents incidents) : IClassFixture<ThreeIncidents>
{
    public static TheoryData<string> Everything { get; } =
        ["", "/INC-1", "/INC-1/timeline", "/INC-1/export", "/INC-2", "/INC-2/timeline", "/INC-2/export", "/INC-99"];

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task is_answered_with_401_without_a_key_that_is_known(string path)
    {
        foreach (var key in (string?[])[null, "wrong-key", ThreeIncidents.PrivateKey + "|private", "|private"])
        {
            var (status, text) = await incidents.AskAsync(path, key);
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.Contains("Api__Keys", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("INC-99")]
    [InlineData("INC-0")]
    [InlineData("INC-99999999999999999999")]
    [InlineData("checkout")]
    public async Task is_answered_with_404_about_an_unknown_incident(string id)
    {
        foreach (var path in (string[])[$"/{id}", $"/{id}/timeline", $"/{id}/export"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await incidents.AskAsync(path)).Status);
        }
    }

    [Fact]
    public async Task finds_the_incident_of_a_room()
    {
        var room = (await incidents.ReadAsync("/INC-1")).GetProperty("rooms")[0];
        var name = $"{room.GetProperty("platform").GetString()}:{room.GetProperty("id").GetString()}";

        Assert.Equal(["INC-1"], await incidents.IdsAsync($"?room={name}"));
        Assert.Empty(await incidents.IdsAsync("?room=slack:C0ELSEWHERE"));
        Assert.Empty(await incidents.IdsAsync($"?room={name.Replace("slack:", "teams:", StringComparison.Ordinal)}"));
    }

    [Fact]
    public async Task lists_open_incidents_unless_all_are_wanted()
    {
        Assert.Equal(["INC-1"], await incidents.IdsAsync(""));
        Assert.Equal(["INC-1"], await incidents.IdsAsync("?status=open"));
        Assert.Equal(["INC-3", "INC-1"], await incidents.IdsAsync("?status=all"));
    }

    [Theory]
    [InlineData(ThreeIncidents.OrdinaryKey, new[] { "INC-3", "INC-1" })]
    [InlineData(ThreeIncidents.PrivateKey, new[] { "INC-3", "INC-2", "INC-1" })]
    public async Task page_by_page_lists_each_incident_once(string key, string[] expected)
    {
        var listed = await WalkAsync("?status=all&limit=1", key, most: 1);
        Assert.Equal(expected, listed.Select(ThreeIncidents.IdOf));
    }

    [Theory]
    [InlineData("cursor")]
    [InlineData("after")]
    public async Task page_by_page_tells_each_entry_of_a_timeline_once(string word)
    {
        var head = (await incidents.ReadAsync("/INC-3")).GetProperty("head").GetProperty("version").GetInt64();

        var told = await WalkAsync("/INC-3/timeline?limit=4", ThreeIncidents.OrdinaryKey, most: 4, word);

        Assert.InRange(head, 9, long.MaxValue);
        Assert.Equal(Enumerable.Range(1, (int)head), told.Select(entry => entry.GetProperty("version").GetInt32()));
    }

    [Theory]
    [InlineData("?cursor=abc", "The cursor is not one of ours")]
    [InlineData("?cursor=-1", "The cursor is not one of ours")]
    [InlineData("?cursor=4", "The cursor is not one of ours")]
    [InlineData("?cursor=1&cursor=2", "The cursor is not one of ours")]
    [InlineData("?limit=0", "The limit is a number from 1 to 50.")]
    [InlineData("?limit=51", "The limit is a number from 1 to 50.")]
    [InlineData("?limit=all", "The limit is a number from 1 to 50.")]
    [InlineData("?status=closed", "Choose one of the states open and all.")]
    [InlineData("?room=C0123456789", "Name a room as platform:id")]
    [InlineData("/INC-1/timeline?cursor=abc", "The cursor is not one of ours")]
    [InlineData("/INC-1/timeline?cursor=999999", "The cursor is not one of ours")]
    [InlineData("/INC-1/timeline?after=%201", "The cursor is not one of ours")]
    [InlineData("/INC-1/timeline?limit=201", "The limit is a number from 1 to 200.")]
    [InlineData("/INC-1/timeline?limit=-5", "The limit is a number from 1 to 200.")]
    public async Task in_words_it_does_not_know_is_answered_with_400_and_a_sentence(string path, string sentence)
    {
        var (status, text) = await incidents.AskAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, JsonSerializer.Deserialize<JsonElement>(text).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_of_a_private_incident_only_to_a_key_that_is_scoped_to_it()
    {
        foreach (var path in (string[])["/INC-2", "/INC-2/timeline", "/INC-2/export", "/INC-2/export?format=markdown", "/INC-2/export?format=html"])
        {
            var (status, text) = await incidents.AskAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Equal((await incidents.AskAsync(path.Replace("INC-2", "INC-99", StringComparison.Ordinal))).Text, text);

            var (seen, told) = await incidents.AskAsync(path, ThreeIncidents.PrivateKey);
            Assert.Equal(HttpStatusCode.OK, seen);
            Assert.Contains("Payroll data leaked", told, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("INC-2", await incidents.IdsAsync("?status=all"));
        Assert.Contains("INC-2", await incidents.IdsAsync("?status=all", ThreeIncidents.PrivateKey));
    }

    [Fact]
    public async Task does_not_find_a_private_incident_by_its_room()
    {
        var room = (await incidents.ReadAsync("/INC-2", ThreeIncidents.PrivateKey)).GetProperty("rooms")[0].GetProperty("id").GetString();

        Assert.Empty(await incidents.IdsAsync($"?room=slack:{room}"));
        Assert.Equal(["INC-2"], await incidents.IdsAsync($"?room=slack:{room}", ThreeIncidents.PrivateKey));
    }

    // Every page, one after the other, until there is no cursor.
    private async Task<List<JsonElement>> WalkAsync(string path, string key, int most, string word = "cursor")
    {
        var walked = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await incidents.ReadAsync(cursor is null ? path : $"{path}&{word}={cursor}", key);
            var items = page.GetProperty("items").EnumerateArray().ToList();
            Assert.InRange(items.Count, 0, most);
            walked.AddRange(items);
            Assert.InRange(walked.Count, 0, 1000);
            cursor = page.GetProperty("cursor").GetString();
        }
        while (cursor is not null);

        return walked;
    }
}
