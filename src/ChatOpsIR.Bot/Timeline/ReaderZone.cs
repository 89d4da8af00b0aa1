using System.Globalization;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>The reader's time zone, as the browser named it in a cookie; UTC until it did.</summary>
public sealed class ReaderZone
{
    public const string Cookie = "chatopsir-zone";

    public static readonly ReaderZone Utc = new(TimeZoneInfo.Utc, "UTC");

    private readonly TimeZoneInfo zone;

    private ReaderZone(TimeZoneInfo zone, string name) => (this.zone, Name) = (zone, name);

    /// <summary>As the browser calls it.</summary>
    public string Name { get; }

    public bool IsUtc => zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;

    /// <summary><c>Berlin</c>.</summary>
    public string City => Name.Split('/')[^1].Replace('_', ' ');

    public static ReaderZone Of(string? cookie) =>
        cookie is { Length: > 0 and < 64 } && cookie.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+') &&
        TimeZoneInfo.TryFindSystemTimeZoneById(cookie, out var zone) ? new ReaderZone(zone, cookie) : Utc;

    /// <summary><c>Berlin, UTC+1</c>.</summary>
    public string Label(DateTimeOffset now)
    {
        var offset = zone.GetUtcOffset(now);
        var minutes = offset.Minutes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{Math.Abs(offset.Minutes):00}");
        return IsUtc ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"{City}, UTC{(offset < TimeSpan.Zero ? "−" : "+")}{Math.Abs(offset.Hours)}{minutes}");
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset at) => Local(at).ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>17 November, 14:41 (13:41 UTC)</c>.</summary>
    public string Moment(DateTimeOffset at)
    {
        var utc = at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);
        var local = Local(at).ToString("d MMMM, HH:mm", CultureInfo.InvariantCulture);
        return IsUtc ? $"{local} UTC" : $"{local} ({utc} UTC)";
    }

    /// <summary>Reads what a date and time field says in this zone.</summary>
    public DateTimeOffset? Read(string? field) =>
        DateTime.TryParseExact(field, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var said) && !zone.IsInvalidTime(said)
            ? new DateTimeOffset(said, zone.GetUtcOffset(said)).ToUniversalTime()
            : null;

    public string Field(DateTimeOffset? at) => at is { } moment ? Local(moment).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) : "";
}
