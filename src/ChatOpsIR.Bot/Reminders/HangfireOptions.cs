using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace ChatOpsIR.Bot.Reminders;

internal enum HangfireStorage
{
    InMemory,
    PostgreSql,
}

/// <summary>Where Hangfire keeps its jobs.</summary>
internal sealed class HangfireOptions : IValidatableObject
{
    public const string Section = "Hangfire";

    private const string Example = "such as Host=db.example.com;Database=chatopsir;Username=chatopsir;Password=…";

    public HangfireStorage Storage { get; set; } = HangfireStorage.InMemory;

    /// <summary>The PostgreSQL database, as Npgsql writes it.</summary>
    public string? ConnectionString { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WhatIsWrong() is { } sentence)
        {
            yield return new ValidationResult(sentence, [nameof(ConnectionString)]);
        }
    }

    private string? WhatIsWrong() => (Storage, string.IsNullOrWhiteSpace(ConnectionString)) switch
    {
        (HangfireStorage.PostgreSql, true) =>
            $"Hangfire__Storage is PostgreSql but Hangfire__ConnectionString is not set. Set it to the database, {Example}; or remove Hangfire__Storage, and the jobs are kept in memory.",
        (HangfireStorage.PostgreSql, false) when !NamesAHost() =>
            $"Hangfire__ConnectionString is no connection string of PostgreSQL that names a host. Write it as pairs, {Example}.",
        (HangfireStorage.InMemory, false) =>
            "Hangfire__ConnectionString is set but Hangfire__Storage is InMemory. Set Hangfire__Storage=PostgreSql to use that database, or remove Hangfire__ConnectionString.",
        _ => null,
    };

    private bool NamesAHost()
    {
        try
        {
            return !string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(ConnectionString).Host);
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException)
        {
            // Its message may hold the password.
            return false;
        }
    }
}
