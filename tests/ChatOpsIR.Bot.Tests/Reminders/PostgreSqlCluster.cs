using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ChatOpsIR.Bot.Tests.Reminders;

/// <summary>A PostgreSQL of the tests' own: a fresh cluster in a temporary folder, on a free port of this machine, gone at the end.</summary>
public sealed class PostgreSqlCluster : IAsyncLifetime
{
    private const string Superuser = "chatopsir";
    private const string NotRoot = "postgres";

    private readonly string folder = Directory.CreateTempSubdirectory("chatopsir-postgresql-").FullName;
    private readonly int port = LoopbackPort.Next();
    private int databases;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public bool IsRunning => File.Exists(Path.Combine(Data, "postmaster.pid"));

    private string Data => Path.Combine(folder, "data");

    public async ValueTask InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            await RunAsync("chown", NotRoot, folder);
        }

        await RunToolAsync("initdb", "-D", Data, "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await StartAsync();
    }

    /// <summary>A database that nobody has used; gives the connection string.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref databases)}";
        await AskAsync(SettingsOf("postgres"), $"CREATE DATABASE {name}");
        return SettingsOf(name);
    }

    /// <summary>Throws away what the bot keeps in a database, under the running bot.</summary>
    public static Task WipeAsync(string database) => AskAsync(database, "DROP SCHEMA chatopsir_default CASCADE");

    public Task StartAsync() => RunToolAsync(
        "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(folder, "log"),
        "-o", string.Create(CultureInfo.InvariantCulture, $"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=100"));

    /// <summary>Stops it as a power cut would: no connection is ended properly.</summary>
    public Task KillAsync() => RunToolAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await KillAsync();
        }

        NpgsqlConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What the first column of the first row says; null for no row.</summary>
    public static async Task<object?> AskAsync(string database, string sql)
    {
        // Pooled, it could be one from before the last kill.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }


    private string SettingsOf(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Database = database, Username = Superuser }.ConnectionString;

    private Task RunToolAsync(string tool, params string[] arguments)
    {
        var path = Path.Combine(Binaries(), tool);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", NotRoot, "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    // Output goes to nobody: a server that is started inherits it, and would keep a pipe open for as long as it runs.
    private async Task RunAsync(string program, params string[] arguments)
    {
        var output = Path.Combine(folder, "output");
        var start = new ProcessStartInfo("sh", ["-c", "out=\"$1\"; shift; exec \"$@\" >>\"$out\" 2>&1 </dev/null", "sh", output, program, .. arguments])
        {
            WorkingDirectory = folder,
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed: {await File.ReadAllTextAsync(output, CancellationToken.None)}");
    }

    // Debian keeps the server's programs beside the path, one folder for each version.
    private static string Binaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var beside = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(version => version, StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return onPath.Concat(beside).FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")))
            ?? throw new InvalidOperationException("No PostgreSQL server is installed: its initdb is neither on the path nor under /usr/lib/postgresql. `bash tests/run` installs it.");
    }
}

[CollectionDefinition(nameof(OnPostgreSql))]
public sealed class OnPostgreSql : ICollectionFixture<PostgreSqlCluster>;
