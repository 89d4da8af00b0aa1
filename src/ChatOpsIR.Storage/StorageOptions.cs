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

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider != StorageProvider.Sqlite)
        {
            yield return new ValidationResult(
                $"Storage__Provider={Provider} comes in a later release. Set Storage__Provider=Sqlite, and Storage__Path to the file to keep.",
                [nameof(Provider)]);
        }

        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return new ValidationResult("Storage__Path is empty. Set it to the file to keep, such as data/chatopsir.db.", [nameof(Path)]);
        }
    }
}
