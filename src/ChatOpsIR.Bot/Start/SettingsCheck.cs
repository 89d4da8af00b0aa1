namespace ChatOpsIR.Bot.Start;

/// <summary>Refuses settings that would silently not do what whoever gave them expects.</summary>
internal static class SettingsCheck
{
    /// <exception cref="SettingsException">With a sentence for each of them.</exception>
    public static void Run(IConfiguration settings)
    {
        // Those of later releases first: they have better to say of a name than that nothing reads it.
        Refuse(LaterSettings.Complaints(settings));
        Refuse(DoubtfulSettings.Complaints(settings));
    }

    private static void Refuse(IEnumerable<string> complaints)
    {
        if (string.Join(' ', complaints) is { Length: > 0 } sentences)
        {
            throw new SettingsException(sentences);
        }
    }
}
