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
        var claim = $"{path}.lock";
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

    public void Dispose() => _file.Dispose();
}
