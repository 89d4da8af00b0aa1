using ChatOpsIR.Bot.Api;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Sqlite;

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

        var path = new ConfigurationBuilder().AddEnvironmentVariables().Build()[$"{StorageOptions.Section}:Path"] ?? new StorageOptions().Path;
        try
        {
            using var storage = SqliteStorage.OpenReadOnly(path);
            var rules = new IncidentRules(DefaultPolicy.Text, storage.Directory, new NoReminders(), new Bell());
            var incident = await new StreamWriter<Incident>(id.Stream, storage.Streams, rules, Execution.Threaded, TimeProvider.System).ReadAsync(CancellationToken.None);
            if (!incident.Exists)
            {
                await Console.Error.WriteLineAsync($"There is no {id} in {path}.");
                return 2;
            }

            var hash = await IncidentJson.HeadHashAsync(incident, storage.Raw, CancellationToken.None);
            await using var output = Console.OpenStandardOutput();
            await ExportWriter.WriteAsync(output, storage.Organisation, id.Stream, storage.Raw, json => IncidentJson.Write(json, incident, hash), CancellationToken.None);
            return 0;
        }
        catch (Exception problem) when (problem is StoreException or IOException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be read: {problem.Message}");
            return 2;
        }
    }

    private sealed class NoReminders : IReminders
    {
        public void WakeAt(DateTimeOffset bucket) => throw new System.Diagnostics.UnreachableException("An export appends nothing.");
    }
}
