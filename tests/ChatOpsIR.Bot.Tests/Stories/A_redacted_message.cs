using System.Text;
using ChatOpsIR.Bot.Tests.Timeline;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage.Export;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Stories;

/// <summary>Somebody pastes a password into the war room of a bot that keeps its record in a file.</summary>
public sealed class A_redacted_message : IDisposable
{
    private const string Password = "correct-horse-battery-staple";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatopsir-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_gone_from_every_byte_of_the_file_and_the_record_tells_so()
    {
        await using var bot = await RunningBot.StartAsync($"--Storage:Path={Path.Combine(folder.FullName, "record.db")}");
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");
        var said = await bot.SaysAsync("mara", An_incident.Room, $"The vault opens with {Password}");
        await bot.DoesAsync("mara", "edit", An_incident.Room, said, ("text", $"The vault opens with {Password} today"));
        await bot.SaysAsync("mara", An_incident.Room, $"!incident note {Password} is no longer valid");
        await bot.IsToldAsync("INC-1", "is no longer valid");
        await bot.IsToldAsync("INC-1", "today");
        Assert.True(IsOnDisk());

        var settled = await RedactAsync(bot, [.. await HoldersAsync(bot)]);
        Assert.Null(settled.Refused);
        await bot.DoesAsync("mara", "delete", An_incident.Room, said);
        await bot.IsToldAsync("INC-1", "Deleted.");

        Assert.False(IsOnDisk());
        var export = await bot.ExportAsync("INC-1");
        Assert.DoesNotContain(Password, Encoding.UTF8.GetString(export), StringComparison.Ordinal);
        Assert.IsType<Verdict.Intact>(await ExportVerifier.VerifyAsync(new MemoryStream(export), Ct));
        foreach (var format in new[] { "html", "markdown" })
        {
            var report = await bot.Http.GetStringAsync(new Uri($"/api/v1/incidents/INC-1/export?format={format}", UriKind.Relative), Ct);
            Assert.Contains("emoved from the record", report, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, report, StringComparison.Ordinal);
        }

        using var mara = new PageReader(bot.Http.BaseAddress!);
        using var followed = await mara.GetAsync(await PageReader.LinkAsync(bot, "mara"));
        var page = await mara.ReadAsync();
        Assert.Contains("Removed from the record", page, StringComparison.Ordinal);
        Assert.Contains("a leaked password", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, page, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    // Those who ask for it see entries; what else holds the text is found from there.
    private static async Task<IEnumerable<long>> HoldersAsync(RunningBot bot)
    {
        var entries = await bot.Services.GetRequiredService<IncidentStreams>().Of(new IncidentId(1)).EntriesOfAsync(new(1, new("all", 1000)), Ct);
        return entries.Where(entry => entry.Fact is ChatRecord { Kind: ChatKind.Message, Text: { } text } && text.Contains(Password, StringComparison.Ordinal)).Select(entry => entry.Version);
    }

    // The room has heard of the note, and the bot may not have recorded yet that it did.
    private static async Task<Settled<Incident>> RedactAsync(RunningBot bot, System.Collections.Immutable.ImmutableArray<long> versions)
    {
        var (mara, idris) = (new PersonId("slack", "T1", "MARA"), new PersonId("slack", "T1", "IDRIS"));
        var stamp = new Stamp("story:redact", TimeProvider.System.GetUtcNow(), Actor.Of(mara), Source.Live);
        var order = new RedactionOrder(stamp, mara, idris, "a leaked password") { Versions = versions };
        for (var tries = 1; ; tries++)
        {
            var settled = await bot.Services.GetRequiredService<Redacting>().RedactAsync(new IncidentId(1), order, Ct);
            if (settled.Refused != Because.TextIsNeeded || tries == 100)
            {
                return settled;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    private bool IsOnDisk() => folder.GetFiles("record.db*").Where(file => file.Extension is not ".lock").Any(file =>
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd().Contains(Password, StringComparison.Ordinal);
    });
}
