using System.ComponentModel.DataAnnotations;
using System.Data.Common;
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

    /// <summary>Where the jobs are, for whoever reads the log; no secret in it.</summary>
    public string Place() => Storage is HangfireStorage.PostgreSql && new NpgsqlConnectionStringBuilder(ConnectionString) is var database
        ? $"PostgreSQL, {database.Database} at {database.Host}"
        : "memory";

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
        (HangfireStorage.PostgreSql, false) when WhatIsWrongInPairs() is { } wrong => $"Hangfire__ConnectionString {wrong}. Write it as pairs, {Example}.",
        (HangfireStorage.InMemory, false) =>
            "Hangfire__ConnectionString is set but Hangfire__Storage is InMemory. Set Hangfire__Storage=PostgreSql to use that database, or remove Hangfire__ConnectionString.",
        _ => null,
    };

    // What Npgsql says itself may hold the password.
    private string? WhatIsWrongInPairs()
    {
        var pairs = new DbConnectionStringBuilder();
        var known = new NpgsqlConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = ConnectionString;
        }
        catch (ArgumentException)
        {
            return "is not made of pairs such as Host=db.example.com, with a semicolon between them (a value that holds one is put in double quotes)";
        }

        foreach (var word in pairs.Keys.Cast<string>())
        {
            if (!known.ContainsKey(word))
            {
                return IsAWord(word) ? $"has “{word}”, which is no word that PostgreSQL's connection strings know" : "is not made of pairs";
            }

            try
            {
                known[word] = pairs[word];
            }
            catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException or OverflowException)
            {
                return $"has a value for “{word}” that it cannot have";
            }
        }

        return string.IsNullOrWhiteSpace(known.Host) ? "names no host" : null;
    }

    // An address with a password in it is one, as pairs go, too.
    private static bool IsAWord(string word) => word.Length <= 40 && word.All(letter => char.IsAsciiLetter(letter) || letter is ' ' or '_');
}
