using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>
/// Keeps a database for one bot: whoever starts ends all leases, and would take the work out of the hands of another that runs. The
/// system gives the claim back however the process ends.
/// </summary>
internal sealed class SqliteClaim : IDisposable
{
    private readonly FileStream _file;

    private SqliteClaim(FileStream file) => _file = file;

    /// <exception cref="StoreException">Another bot has the database.</exception>
    public static SqliteClaim Take(string path)
    {
        var claim = $"{Target(path)}.lock";
        try
        {
            SqliteFile.Prepare(claim);
            return new SqliteClaim(new FileStream(claim, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken)
        {
            throw new StoreException($"Another bot is running on the database {path}. Stop that one first, or set Storage__Path to a file of this one's own.", taken);
        }
    }

    // One database under two names is one database.
    private static string Target(string path)
    {
        var file = Followed(new FileInfo(path));
        return Path.Combine(Followed(new DirectoryInfo(Path.GetDirectoryName(file)!)), Path.GetFileName(file));
    }

    private static string Followed(FileSystemInfo named) =>
        named.Exists ? named.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? named.FullName : named.FullName;

    public void Dispose() => _file.Dispose();
}
