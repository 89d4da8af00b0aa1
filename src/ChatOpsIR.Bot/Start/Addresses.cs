using System.Net;

namespace ChatOpsIR.Bot.Start;

/// <summary>Where the bot listens.</summary>
internal static class Addresses
{
    /// <exception cref="SettingsException">One of them is no address to listen at.</exception>
    public static void Check(string? urls)
    {
        if (urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(url => !IsOne(url)) is { } wrong)
        {
            throw new SettingsException(
                $"ASPNETCORE_URLS names “{wrong}”, which is no address to listen at. Write it as {BotHost.DefaultUrl} (this machine only) or http://+:5080 (all of its addresses), with semicolons between several.");
        }
    }

    private static bool IsOne(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", PathBase: "", Port: >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
