using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Stories;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>A bot with a war room in which everything that the page can show is to be seen.</summary>
public sealed class BusyWarRoom : IAsyncLifetime
{
    private const string Name = "inc-1-checkout-returns-500s";

    private RunningBot bot = null!;

    public Uri Address => bot.Http.BaseAddress!;

    /// <summary>The addresses of the page's views, by what they show.</summary>
    public string Room { get; private set; } = "";

    public string Thread { get; private set; } = "";

    public string Editing { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");
        await bot.TypesAsync("mara", Name, "/incident role communications @priya");
        await InviteAsync("idris");
        await InviteAsync("noa");

        var parent = await bot.SaysAsync("mara", Name, "The 500s started with release `2026.11.17-3` at 13:52. Rolling bakc now, about 6 minutes.");
        await DoAsync("mara", "edit", parent, ("text", "The 500s started with release `2026.11.17-3` at 13:52. Rolling back now, about 6 minutes."));
        await DoAsync("idris", "react", parent, ("name", "eyes"));
        await DoAsync("mara", "react", parent, ("name", "pray"));
        await bot.SaysAsync("idris", Name, "Which regions first?", parent);
        await bot.SaysAsync("mara", Name, "Frankfurt, then Dublin: https://graphs.fernhill.example/d/checkout/eu-west-error-rate?from=now-1h&to=now&refresh=5s", parent);

        var gone = await bot.SaysAsync("mara", Name, "It was the new cache");
        await bot.SaysAsync("idris", Name, "Who says so?", gone);
        await DoAsync("mara", "delete", gone);
        await bot.SaysAsync("noa", Name, "אני רואה timeouts גם ב־payments-db, בודקת 🔎");

        // A clock that jumps ends the patience of whatever is under way, so everything is recorded first.
        await bot.IsToldAsync("INC-1", "payments-db");
        await bot.AdvanceAsync(TimeSpan.FromMinutes(31));
        await bot.IsToldAsync("INC-1", "The status update was due");
        await bot.SaysAsync("idris", Name, "@priya the rollback is done in two of three regions, the error rate is falling.");
        await bot.TypesAsync("mara", Name, "/incident close");
        await bot.SaysAsync("mara", Name, "I see timeouts as well");

        (Room, Thread, Editing) = ($"/playground?as=mara&c={Name}", $"/playground?as=mara&c={Name}&t={parent}", $"/playground?as=mara&c={Name}&e={parent}");
    }

    public Task SaysAsync(string who, string text) => bot.SaysAsync(who, Name, text);

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    private async Task InviteAsync(string who) => await bot.ActAsync("mara", "invite", new JsonObject { ["channel"] = Name, ["user"] = who });

    private async Task DoAsync(string who, string what, string message, params (string Name, string Value)[] more)
    {
        var act = new JsonObject { ["channel"] = Name, ["ts"] = message };
        foreach (var (name, value) in more)
        {
            act[name] = value;
        }

        await bot.ActAsync(who, what, act);
    }
}
