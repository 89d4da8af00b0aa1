using System.Net.Sockets;
using System.Text.RegularExpressions;
using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Start;

/// <summary>A command that cannot begin ends with 2 and with sentences for whoever gave the settings; a fault of our own ends as it is.</summary>
internal static partial class CannotStart
{
    private static readonly Type[] Words = [typeof(StorageProvider), typeof(HangfireStorage)];

    public static async Task<int> TellAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception problem) when (Sentence(problem) is not null)
        {
            await Console.Error.WriteLineAsync(Sentence(problem));
            return 2;
        }
    }

    /// <summary>What is wrong and what to do; null where no setting is at fault.</summary>
    internal static string? Sentence(Exception problem) => problem switch
    {
        StoreException or SettingsException => problem.Message,
        OptionsValidationException wrong => string.Join(' ', wrong.Failures.Select(Bare)),
        AggregateException several when several.InnerExceptions.All(one => Sentence(one) is not null) => string.Join(' ', several.InnerExceptions.Select(Sentence)),
        InvalidOperationException when NotConverted().Match(problem.Message) is { Success: true } told => NotConverted(told),
        InvalidOperationException when problem.Message.StartsWith("Configuration value '", StringComparison.Ordinal) =>
            $"A setting under Logging__LogLevel is wrong: {problem.Message} Choose one of {string.Join(", ", Enum.GetNames<LogLevel>())}.",
        InvalidOperationException when problem.Message.StartsWith("Unable to configure HTTPS", StringComparison.Ordinal) =>
            "ASPNETCORE_URLS names an https address, and there is no certificate for it. Let a proxy in front of the bot speak https, and set ASPNETCORE_URLS to an http address.",
        InvalidDataException => $"The settings cannot be read: {problem.Message} {problem.InnerException?.Message}".TrimEnd(),
        IOException { InnerException: AddressInUseException } or SocketException =>
            $"The bot cannot listen where ASPNETCORE_URLS says: {problem.Message.TrimEnd('.')}. Choose another address, such as ASPNETCORE_URLS=http://127.0.0.1:5090, or end what listens there.",
        _ => null,
    };

    // The framework wraps a setting's own sentence into one about the class that holds it.
    private static string Bare(string failure)
    {
        const string Wrapping = " with the error: '";
        var at = failure.IndexOf(Wrapping, StringComparison.Ordinal);
        return at < 0 ? failure : failure[(at + Wrapping.Length)..].TrimEnd('.').TrimEnd('\'');
    }

    private static string NotConverted(Match told)
    {
        var setting = told.Groups["path"].Value.Replace(":", "__", StringComparison.Ordinal);
        var type = told.Groups["type"].Value;
        if (Words.FirstOrDefault(words => words.FullName == type) is { } words)
        {
            return $"{setting} is “{told.Groups["value"].Value}”, which is no word for it. Choose one of {string.Join(", ", Enum.GetNames(words))}.";
        }

        return type.Contains("Boolean", StringComparison.Ordinal)
            ? $"{setting} is “{told.Groups["value"].Value}”. Set it to true or false."
            : $"{setting} cannot be read. {(type == typeof(Uri).FullName ? "Write a whole address, such as https://bot.example.com/." : $"It has to be a {type}.")}";
    }

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<path>[^']+)' to type '(?<type>[^']+)'", RegexOptions.Singleline)]
    private static partial Regex NotConverted();
}
