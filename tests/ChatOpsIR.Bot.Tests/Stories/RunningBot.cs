using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Bot.Tests.Stories;

/// <summary>The real bot on a port of its own, with the playground as its workspace; everything goes over HTTP.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    private const string Key = "story-key";

    /// <summary>Longer than the minute after which an event is delivered again.</summary>
    // Longer than all waits of an effect that is refused four times. It bounds a failure only.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly WebApplication app;

    private RunningBot(WebApplication app, Uri address)
    {
        this.app = app;
        Http = new HttpClient { BaseAddress = address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => app.Services;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<RunningBot> StartAsync(params string[] settings) => StartAsync(null, settings);

    /// <param name="log">Hears what the bot logs.</param>
    public static async Task<RunningBot> StartAsync(LogLines? log, params string[] settings)
    {
        var address = $"http://127.0.0.1:{LoopbackPort.Next()}";
        var builder = WebApplication.CreateBuilder(
        [
            "--environment=Development", $"--urls={address}", "--Storage:Path=:memory:", $"--Api:Keys:0={Key}", "--Logging:LogLevel:Default=Warning", .. settings,
        ]);
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        var app = BotHost.Build(builder);
        await app.StartAsync(Ct);
        return new RunningBot(app, new Uri(address));
    }

    /// <summary>Does something as a person of the workspace; gives what came back.</summary>
    public Task<JsonObject> ActAsync(string who, string what, string channel, string text) =>
        ActAsync(who, what, new JsonObject { ["channel"] = channel, ["text"] = text });

    public async Task<JsonObject> ActAsync(string who, string what, JsonObject more)
    {
        (more["as"], more["do"]) = (who, what);
        using var answer = await Http.PostAsJsonAsync("/playground/api/act", more, Ct);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }

    /// <summary>Types a command; gives the text of the answer that only this person sees.</summary>
    public async Task<string> TypesAsync(string who, string channel, string text) =>
        (await ActAsync(who, "command", channel, text))["answer"]?["text"]?.GetValue<string>() ?? "";

    /// <summary>Says something in a channel or a thread; gives the message's id.</summary>
    public async Task<string> SaysAsync(string who, string channel, string text, string? thread = null)
    {
        var said = await ActAsync(who, "message", new JsonObject { ["channel"] = channel, ["text"] = text, ["thread_ts"] = thread });
        return said["ts"]!.GetValue<string>();
    }

    /// <summary>Does something to a message: edits it, deletes it, reacts to it.</summary>
    public Task<JsonObject> DoesAsync(string who, string what, string channel, string message, params (string Name, string Value)[] more) =>
        ActAsync(who, what, new JsonObject([new("channel", channel), new("ts", message), .. more.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Value))]));

    /// <summary>Fills the form that is open in front of somebody, and sends it.</summary>
    public async Task SubmitsAsync(string who, params (string Field, string Value)[] filled)
    {
        var values = new JsonObject(filled.Select(field => KeyValuePair.Create(field.Field, (JsonNode?)new JsonObject { ["v"] = field.Value })));
        var answer = await ActAsync(who, "submit", new JsonObject { ["values"] = values });
        Assert.True(answer["ok"]!.GetValue<bool>(), answer.ToJsonString());
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        using var answer = await Http.PostAsJsonAsync("/playground/api/clock", new { advanceSeconds = by.TotalSeconds }, Ct);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<JsonElement> IncidentAsync(string id) => await Http.GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{id}", Ct);

    public async Task<string[]> TimelineAsync(string id)
    {
        var page = await Http.GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{id}/timeline", Ct);
        return [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString()!)];
    }

    /// <summary>Waits until an incident's war room is open, its card posted and its topic set: the last of what declaring promises the room.</summary>
    public async Task RoomOpensAsync(string id)
    {
        await IsToldAsync(id, ", open.");
        await IsToldAsync(id, "set the channel topic");
    }

    public Task IsToldAsync(string id, string words) => EventuallyAsync($"the timeline of {id} says “{words}”", async () =>
        (await TimelineAsync(id)).Any(text => text.Contains(words, StringComparison.Ordinal)));

    public Task<byte[]> ExportAsync(string id) => Http.GetByteArrayAsync($"/api/v1/incidents/{id}/export?format=json", Ct);

    /// <summary>Asks until it is so, or fails by name when it never is.</summary>
    public static async Task EventuallyAsync(string what, Func<Task<bool>> isSo)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"It never came true: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
