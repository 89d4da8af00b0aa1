using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary><c>/incident resolve</c>, and the record is exported at once. An export that breaks off is made again.</summary>
internal sealed class Resolving : InARoom
{
    public override string Name => "resolve";

    public override async Task BeforeEachAsync(CrashWorld world)
    {
        if (world.Orders > 0)
        {
            await RunningBot.EventuallyAsync("the incident is open again", () => IsDoneAsync(world, "mara", $"/incident reopen The errors are back, {world.Orders}", "the incident: The errors", "is open"));
            await world.QuietAsync();
        }
    }

    public override async Task<bool> AskAsync(CrashWorld world)
    {
        if (!await IsDoneAsync(world, "mara", $"/incident resolve Rolled back, {world.Orders}", "the incident: Rolled back", "is resolved already") ||
            await world.ExportAsync(Incident) is not { } export)
        {
            return false;
        }

        Assert.IsType<Verdict.Intact>(await VerifyAsync(export));
        return true;
    }

    public override async Task<IEnumerable<string>> BrokenAsync(CrashWorld world, WholeRecord record)
    {
        var export = await world.ExportAsync(Incident);
        var head = record.Streams.First(stream => stream.Id == Incident.Stream).Raw[^1];
        var verdict = export is null ? null : await VerifyAsync(export);
        var whole = verdict is Verdict.Intact intact && intact.Head.Version >= head.Version;
        return
        [
            .. await OnceEachAsync(world, "resolutions", Facts<IncidentResolved>(record).Count()),
            .. whole ? Array.Empty<string>() : [$"The export does not tell all up to version {head.Version}: {verdict?.ToString() ?? "nothing came"}"],
        ];
    }

    private static async Task<Verdict> VerifyAsync(byte[] export)
    {
        using var stream = new MemoryStream(export);
        return await ExportVerifier.VerifyAsync(stream, TestContext.Current.CancellationToken);
    }
}
