using System.Globalization;
using ChatOpsIR.Bot.Api;
using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Playground;
using ChatOpsIR.Slack;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Start;

/// <summary>
/// Settings that are surely not meant as they are written: a name that nothing reads, and a bare number where a time is meant. What they
/// ask for would silently not happen.
/// </summary>
internal static class DoubtfulSettings
{
    private static readonly (string Section, Type Options)[] Sections =
    [
        (OrganisationOptions.Section, typeof(OrganisationOptions)),
        (StorageOptions.Section, typeof(StorageOptions)),
        (HangfireOptions.Section, typeof(HangfireOptions)),
        (SlackOptions.Section, typeof(SlackOptions)),
        (ApiOptions.Section, typeof(ApiOptions)),
        (PagesOptions.Section, typeof(PagesOptions)),
        (PlaygroundOptions.Section, typeof(PlaygroundOptions)),
    ];

    // Read elsewhere than in their section's options.
    private static readonly string[] Others = ["Hangfire:Dashboard", "Playground:Enabled"];

    /// <summary>A sentence for each that is given.</summary>
    public static IEnumerable<string> Complaints(IConfiguration settings) =>
    [
        .. Sections.SelectMany(known => Unknown(settings.GetSection(known.Section), known.Options)),
        .. settings.GetSection("Organization").GetChildren().Select(setting => $"{Written(setting)} is no setting: it is written Organisation__{setting.Key}."),
        .. double.TryParse(settings["Storage:ClockTolerance"], NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? ["Storage__ClockTolerance is a bare number, which would be read as days. Write it as 00:00:02 for two seconds."]
            : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Unknown(IConfigurationSection section, Type options)
    {
        string[] names = [.. options.GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];
        return from setting in section.GetChildren()
               where !names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase) && !Others.Contains(setting.Path, StringComparer.OrdinalIgnoreCase)
               select $"{Written(setting)} is no setting; those of {section.Key} are {string.Join(", ", names)}. Correct it or take it away.";
    }

    private static string Written(IConfigurationSection setting) => setting.Path.Replace(":", "__", StringComparison.Ordinal);
}
