using System.Text;
using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Bot.Tests.Stories;

/// <summary>Exported and verified by the executable's own commands, each in a process of its own.</summary>
public sealed class A_record(RecordedIncident recorded) : IClassFixture<RecordedIncident>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task that_nobody_touched_is_intact()
    {
        var verdict = await VerdictOnAsync(recorded.Database);

        Assert.Contains("Intact: ", verdict.Text, StringComparison.Ordinal);
        Assert.Contains("The summary named “incident” in the file is what the entries come to.", verdict.Text, StringComparison.Ordinal);
        Assert.Equal(0, verdict.ExitCode);
    }

    [Theory]
    [InlineData("\"title\": \"Checkout returns 500s\"", "\"title\": \"Checkout is slow\"", "Its title is “Checkout is slow”, and the entries come to “Checkout returns 500s”.")]
    [InlineData("\"severity\": \"sev1\"", "\"severity\": \"sev4\"", "Its severity is “sev4”, and the entries come to “sev1”.")]
    [InlineData("\"status\": \"open\"", "\"status\": \"closed\"", "Its status is “closed”, and the entries come to “open”.")]
    public async Task whose_summary_was_changed_is_broken_there(string was, string becomes, string why)
    {
        var export = Encoding.UTF8.GetString((await Executable.ExportAsync("INC-1", recorded.Database)).Output);
        Assert.Contains(was, export, StringComparison.Ordinal);

        var verdict = await VerifyAsync(Encoding.UTF8.GetBytes(export.Replace(was, becomes, StringComparison.Ordinal)), $"summary-{becomes.Length}.json");
        Assert.Contains($"Broken in the summary named “incident”: {why}", verdict.Text, StringComparison.Ordinal);
        Assert.Equal(1, verdict.ExitCode);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("data")]
    [InlineData("actor")]
    [InlineData("causeKey")]
    [InlineData("occurredAt")]
    [InlineData("salt")]
    [InlineData("commitment")]
    [InlineData("hash")]
    public async Task whose_export_had_one_byte_changed_is_broken_at_that_entry(string field)
    {
        var exported = await Executable.ExportAsync("INC-1", recorded.Database);
        var forged = new ExportedRecord(exported.Output).WithOneBitTurned(recorded.Version, field);

        BrokenAt(recorded.Version, await VerifyAsync(forged, $"forged-{field}.json"));
    }

    [Fact]
    public async Task whose_file_had_one_byte_changed_on_disk_is_broken_at_that_entry()
    {
        var database = recorded.Copy("one-byte.db");
        var bytes = await File.ReadAllBytesAsync(database, Ct);
        bytes[bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(RecordedIncident.Said))] ^= 1;
        await File.WriteAllBytesAsync(database, bytes, Ct);

        BrokenAt(recorded.Version, await VerdictOnAsync(database));
    }

    [Fact]
    public async Task whose_row_was_rewritten_by_the_database_owner_is_broken_at_that_entry()
    {
        var database = recorded.Copy("rewritten.db");
        Execute(database, "DROP TRIGGER entries_are_final");
        Assert.Equal(1, Execute(database, $"UPDATE entries SET actor = 'slack:T1/U1' WHERE stream = 'INC-1' AND version = {recorded.Version}"));

        BrokenAt(recorded.Version, await VerdictOnAsync(database));
    }

    [Fact]
    public async Task that_lost_an_entry_is_broken_where_it_is_missing()
    {
        var database = recorded.Copy("shorter.db");
        Execute(database, "DROP TRIGGER entries_stay");
        Assert.Equal(1, Execute(database, $"DELETE FROM entries WHERE stream = 'INC-1' AND version = {recorded.Version}"));

        BrokenAt(recorded.Version, await VerdictOnAsync(database));
    }

    [Fact]
    public async Task that_is_cut_short_cannot_be_read()
    {
        var exported = await Executable.ExportAsync("INC-1", recorded.Database);

        Assert.Equal(2, (await VerifyAsync(exported.Output[..^100], "cut.json")).ExitCode);
    }

    private async Task<Finished> VerdictOnAsync(string database)
    {
        var exported = await Executable.ExportAsync("INC-1", database);
        Assert.True(exported.ExitCode == 0, exported.Errors);
        return await VerifyAsync(exported.Output, Path.GetFileNameWithoutExtension(database) + ".json");
    }

    private async Task<Finished> VerifyAsync(byte[] export, string name)
    {
        await File.WriteAllBytesAsync(recorded.In(name), export, Ct);
        return await Executable.VerifyAsync(recorded.In(name));
    }

    private static void BrokenAt(long version, Finished verdict)
    {
        Assert.Contains($"Broken at version {version}: ", verdict.Text, StringComparison.Ordinal);
        Assert.Equal(1, verdict.ExitCode);
    }

    private static int Execute(string database, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteNonQuery();
    }
}
