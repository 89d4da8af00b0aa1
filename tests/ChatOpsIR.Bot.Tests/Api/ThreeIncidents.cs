using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChatOpsIR.Bot.Tests.Stories;

namespace ChatOpsIR.Bot.Tests.Api;

/// <summary>A running bot with an open incident, a private one and a closed one, and programs that ask its API with keys of their own.</summary>
public sealed class ThreeIncidents : IAsyncLifetime
{
    public const string OrdinaryKey = "ordinary-key";
    public const string PrivateKey = "auditors-key";

    private RunningBot? bot;
    private HttpClient? http;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bot = await RunningBot.StartAsync($"--Api:Keys:1={OrdinaryKey}", $"--Api:Keys:2={PrivateKey}|private");
        http = new HttpClient { BaseAddress = bot.Http.BaseAddress };
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.TypesAsync("mara", "incidents", "/incident declare Payroll data leaked private sev:1");
        await bot.TypesAsync("mara", "incidents", "/incident declare Search is slow sev:3");
        await bot.RoomOpensAsync("INC-1");
        await bot.RoomOpensAsync("INC-3");
        await RunningBot.EventuallyAsync("the private room opens", async () => (await ReadAsync("/INC-2", PrivateKey)).GetProperty("rooms").GetArrayLength() > 0);
        await bot.TypesAsync("mara", "inc-3-search-is-slow", "/incident resolve Restarted it");
        await bot.TypesAsync("mara", "inc-3-search-is-slow", "/incident close");
    }

    /// <summary>Asks for what stands below <c>/api/v1/incidents</c>.</summary>
    public async Task<(HttpStatusCode Status, string Text)> AskAsync(string path, string? key = OrdinaryKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/incidents{path}", UriKind.Relative));
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http!.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    public async Task<JsonElement> ReadAsync(string path, string key = OrdinaryKey)
    {
        var (status, text) = await AskAsync(path, key);
        Assert.Equal(HttpStatusCode.OK, status);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async Task<string[]> IdsAsync(string query, string key = OrdinaryKey) => [.. (await ReadAsync(query, key)).GetProperty("items").EnumerateArray().Select(IdOf)];

    public static string IdOf(JsonElement incident) => incident.GetProperty("id").GetString()!;

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        await (bot?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
