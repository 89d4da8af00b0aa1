using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Invariants;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>
/// Three people talk at once: a dozen things within a moment, a thread, an edit, a deletion and reactions among them. Slack sends them side
/// by side, so that some share a commit. Nobody is answered; every one of them has to be in the record once, which the checker knows.
/// </summary>
internal sealed class Talking : InARoom
{
    public override string Name => "burst";

    public override int OrdersPerWorld => 24;

    public override async Task PrepareAsync(CrashWorld world)
    {
        await base.PrepareAsync(world);
        world.Acts("idris", "join", Room);
        world.Acts("priya", "join", Room);
        Assert.Null(world.Workspace.Chaos.Set(new() { ["reorder"] = 1, ["seed"] = 1 }));
        await world.QuietAsync();
    }

    public override Task<bool> AskAsync(CrashWorld world)
    {
        var burst = world.Orders;
        var first = Says("mara", "Payments fail as well");
        var second = Says("idris", "I see timeouts since 09:14");
        Says("priya", "Which region?", ("thread_ts", second));
        Says("idris", "All of them", ("thread_ts", second), ("broadcast", true));
        world.Acts("mara", "edit", Room, ("ts", first), ("text", $"Payments fail as well, three in ten (burst {burst})"));
        world.Acts("priya", "react", Room, ("ts", first), ("name", "eyes"));
        world.Acts("idris", "react", Room, ("ts", first), ("name", "eyes"));
        world.Acts("priya", "unreact", Room, ("ts", first), ("name", "eyes"));
        var mistaken = Says("priya", "It is DNS");
        world.Acts("priya", "delete", Room, ("ts", mistaken));
        Says("mara", "Rolling back release 41");
        Says("idris", "Agreed");
        return Task.FromResult(true);

        string Says(string who, string text, params (string Name, JsonNode? Value)[] more) =>
            world.Acts(who, "message", Room, [("text", $"{text} (burst {burst})"), .. more])!;
    }

    public override Task<IEnumerable<string>> BrokenAsync(CrashWorld world, WholeRecord record) => Task.FromResult<IEnumerable<string>>([]);
}
