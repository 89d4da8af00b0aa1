namespace ChatOpsIR.Bot.Tests.Stories;

/// <summary>An incident in a database file, as it lies there after the bot has stopped.</summary>
public sealed class RecordedIncident : IAsyncLifetime
{
    public const string Said = "Rolling back release 41";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatopsir-");

    public string Database => In("record.db");

    /// <summary>The version of the entry that holds <see cref="Said"/>.</summary>
    public long Version { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await using var bot = await RunningBot.StartAsync($"--Storage:Path={Database}");
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");
        await bot.SaysAsync("mara", An_incident.Room, Said);
        await bot.SaysAsync("mara", An_incident.Room, "It is getting better");
        await bot.IsToldAsync("INC-1", "It is getting better");
        Version = new ExportedRecord(await bot.ExportAsync("INC-1")).The("message", Said).Version;
    }

    public string In(string name) => Path.Combine(folder.FullName, name);

    /// <summary>The database, copied so that a test may spoil it.</summary>
    public string Copy(string name)
    {
        File.Copy(Database, In(name));
        return In(name);
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
