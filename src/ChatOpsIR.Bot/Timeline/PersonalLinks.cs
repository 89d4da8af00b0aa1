using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>
/// Tokens that say: this person, this incident, until then. The link from chat carries one for 15 minutes; following it exchanges it for another
/// one in a cookie, which lasts for a shift. What the person may see is asked anew at every request.
/// </summary>
internal sealed class PersonalLinks(IKeyedHash hash, IOptions<PagesOptions> options, IConfiguration configuration, TimeProvider time) : ITimelineLinks
{
    /// <summary>The name of the token in a link.</summary>
    public const string Parameter = "key";

    /// <summary>A link lies in a chat answer and perhaps on a clipboard: long enough to click it, too short to be worth stealing.</summary>
    public static readonly TimeSpan LinkLasts = TimeSpan.FromMinutes(15);

    /// <summary>Somebody who follows an incident keeps the page open over a shift. Rights that end meanwhile end the page at once.</summary>
    public static readonly TimeSpan PageLasts = TimeSpan.FromHours(8);

    // Of five parts, as nothing else that is hashed under the organisation's key: no text that somebody types can make this key.
    private readonly byte[] key = Encoding.ASCII.GetBytes(hash.Of("chatopsir", "derived-key", "timeline", "1", ""));

    public Uri For(IncidentId incident, PersonId person) =>
        new(BaseUrl, $"/incidents/{incident}?{Parameter}={Sign(Purpose.Link, incident, person, time.GetUtcNow() + LinkLasts)}");

    public Uri BaseUrl { get; } = BaseOf(options.Value.PublicUrl, configuration[WebHostDefaults.ServerUrlsKey]);

    /// <summary>The token for the page's cookie.</summary>
    public string Ticket(IncidentId incident, PersonId person) => Sign(Purpose.Page, incident, person, time.GetUtcNow() + PageLasts);

    /// <summary>Whose a link is; null when it is not one of ours for this incident.</summary>
    public Pass? OpenLink(IncidentId incident, string? token) => Open(Purpose.Link, incident, token);

    /// <summary>Whose a page's cookie is; null when it is not one of ours for this incident.</summary>
    public Pass? OpenTicket(IncidentId incident, string? token) => Open(Purpose.Page, incident, token);

    private Pass? Open(Purpose purpose, IncidentId incident, string? token)
    {
        if (token?.Split('.') is not [var said, var signature] || Decoded(said) is not { } claim || Decoded(signature) is not { } given ||
            !CryptographicOperations.FixedTimeEquals(given, Mac(purpose, incident, claim)))
        {
            return null;
        }

        return Encoding.UTF8.GetString(claim).Split(' ', 2) is [var until, var who] && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) &&
            PersonId.TryParse(who, out var person)
            ? new Pass(person, DateTimeOffset.FromUnixTimeSeconds(seconds), IsOver: time.GetUtcNow() >= DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
    }

    private string Sign(Purpose purpose, IncidentId incident, PersonId person, DateTimeOffset until)
    {
        var claim = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()} {person}"));
        return $"{WebEncoders.Base64UrlEncode(claim)}.{WebEncoders.Base64UrlEncode(Mac(purpose, incident, claim))}";
    }

    private byte[] Mac(Purpose purpose, IncidentId incident, byte[] claim) =>
        HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes($"{purpose} {incident} "), .. claim]);

    private static byte[]? Decoded(string text)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // A wildcard is no place that a browser could go to.
    private static Uri BaseOf(string? given, string? listens)
    {
        var first = string.IsNullOrWhiteSpace(given)
            ? (string.IsNullOrWhiteSpace(listens) ? BotHost.DefaultUrl : listens.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0])
            : given;
        var address = first.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);
        return Uri.TryCreate(address, UriKind.Absolute, out var url) ? url : new Uri(BotHost.DefaultUrl);
    }

    private enum Purpose
    {
        Link,
        Page,
    }
}

/// <param name="IsOver">It was ours, and its time has passed.</param>
internal sealed record Pass(PersonId Person, DateTimeOffset Until, bool IsOver);
