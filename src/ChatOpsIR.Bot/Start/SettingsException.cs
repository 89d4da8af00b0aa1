namespace ChatOpsIR.Bot.Start;

/// <summary>A setting that the bot cannot start with.</summary>
/// <param name="message">One sentence or two for whoever sets it: what is wrong, and what to do.</param>
internal sealed class SettingsException(string message) : Exception(message);
