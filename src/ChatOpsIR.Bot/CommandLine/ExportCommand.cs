using System.ComponentModel.DataAnnotations;
using ChatOpsIR.Bot.Api;
using ChatOpsIR.Bot.Start;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.CommandLine;

/// <summary><c>export INC-42</c>: writes the export of an incident to standard output. The store is only read, also while a bot runs on it.</summary>
public static class ExportCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var name] || !IncidentId.TryParse(name, out var id))
        {
            await Console.Error.WriteLineAsync("Name one incident: export INC-42");
            return 2;
        }

        var settings = Settings();
        SettingsCheck.Run(settings);
        var kept = Read<StorageOptions>(settings, StorageOptions.Section);
        var organisation = Read<OrganisationOptions>(settings, OrganisationOptions.Section);
        var where = kept.Provider is StorageProvider.AzureTables ? "Azure Tables" : kept.Path;
        try
        {
            using var storage = StorageRegistration.OpenReadOnly(kept, organisation);
            var rules = new IncidentRules(DefaultPolicy.Text, storage.Directory, new NoReminders(), new Bell());
            var incident = await new StreamWriter<Incident>(id.Stream, storage.Streams, rules, Execution.Threaded, TimeProvider.System).ReadAsync(CancellationToken.None);
            if (!incident.Exists)
            {
                await Console.Error.WriteLineAsync($"There is no {id} in {where}.");
                return 2;
            }

            var hash = await IncidentJson.HeadHashAsync(incident, storage.Raw, CancellationToken.None);
            await using var output = Console.OpenStandardOutput();
            await ExportWriter.WriteAsync(output, storage.Organisation, id.Stream, storage.Raw, json => IncidentJson.Write(json, incident, hash), CancellationToken.None);
            return 0;
        }
        catch (Exception problem) when (problem is StoreException or IOException)
        {
            await Console.Error.WriteLineAsync($"{where} cannot be read: {problem.Message}");
            return 2;
        }
    }

    // Where the bot has them from, so that it reads the record that the bot writes.
    private static IConfigurationRoot Settings()
    {
        const string File = "appsettings";
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Production;
        return new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile($"{File}.json", optional: true).AddJsonFile($"{File}.{environment}.json", optional: true)
            .AddEnvironmentVariables().Build();
    }

    private static T Read<T>(IConfiguration settings, string section)
        where T : class, new()
    {
        var options = settings.GetSection(section).Get<T>() ?? new T();
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true)
            ? options
            : throw new SettingsException(string.Join(' ', wrong.Select(one => one.ErrorMessage)));
    }

    private sealed class NoReminders : IReminders
    {
        public void WakeAt(DateTimeOffset bucket) => throw new System.Diagnostics.UnreachableException("An export appends nothing.");
    }
}
