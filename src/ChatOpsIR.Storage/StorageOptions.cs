using System.ComponentModel.DataAnnotations;

namespace ChatOpsIR.Storage;

public enum StorageProvider
{
    Sqlite,
    AzureTables,
}

/// <summary>Where the record is kept.</summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>Instead of a path: a database in memory, gone when the bot stops.</summary>
    public const string InMemory = ":memory:";

    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>The database file of SQLite. Its folder is made when it is not there.</summary>
    public string Path { get; set; } = "data/chatopsir.db";

    /// <summary>The storage account of Azure Tables, with its key. Holds a secret.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The table endpoint of the storage account, reached as the managed identity of this machine.</summary>
    public Uri? TableEndpoint { get; set; }

    /// <summary>How far this machine's clock may be off the storage account's, whose answers carry whole seconds.</summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(2);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ClockTolerance <= TimeSpan.Zero
        ? [new ValidationResult("Storage__ClockTolerance has to be a time span above zero, such as 00:00:02.", [nameof(ClockTolerance)])]
        : WrongForProvider();

    private IEnumerable<ValidationResult> WrongForProvider() => Provider is StorageProvider.AzureTables ? WrongForTables() : WrongForSqlite();

    private IEnumerable<ValidationResult> WrongForSqlite()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return new ValidationResult("Storage__Path is empty. Set it to the file to keep, such as data/chatopsir.db.", [nameof(Path)]);
        }

        if (!string.IsNullOrWhiteSpace(ConnectionString) || TableEndpoint is not null)
        {
            yield return new ValidationResult(
                "Storage__ConnectionString or Storage__TableEndpoint is set, and Storage__Provider is Sqlite. Set Storage__Provider=AzureTables, or take the other away.",
                [nameof(Provider)]);
        }
    }

    private IEnumerable<ValidationResult> WrongForTables()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString) == TableEndpoint is null)
        {
            yield return new ValidationResult(
                "Storage__Provider=AzureTables needs one of Storage__ConnectionString (with the account's key) and Storage__TableEndpoint (as this machine's managed identity), and not both.",
                [nameof(ConnectionString)]);
        }

        if (TableEndpoint is { } endpoint && (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && !endpoint.IsLoopback)))
        {
            yield return new ValidationResult(
                "Storage__TableEndpoint has to be an https address, such as https://youraccount.table.core.windows.net.",
                [nameof(TableEndpoint)]);
        }
    }
}
