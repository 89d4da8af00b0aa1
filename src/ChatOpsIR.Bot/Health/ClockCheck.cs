using System.Globalization;
using ChatOpsIR.Storage;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Health;

/// <summary>
/// Whether this machine's clock can be relied on. One that runs ahead would tell everybody's reminders before their time, and they would be
/// on record as told; every entry carries it as the time it was recorded (design page, section 4).
/// </summary>
public sealed class ClockCheck(RecordStorage storage, IOptions<StorageOptions> options)
{
    /// <summary>A sentence when the clock was off at the store's last answer; null when it keeps time.</summary>
    public string? Problem => storage.ClockOff > options.Value.ClockTolerance
        ? string.Create(CultureInfo.InvariantCulture, $"This machine's clock is {storage.ClockOff.TotalSeconds:0.0} s off the store's. Let it keep time (NTP).")
        : null;

    /// <summary>As <see cref="Problem"/>, after the store has answered once more: nothing is asked of it while the clock is off.</summary>
    /// <exception cref="Core.Ports.StoreException">The store does not answer.</exception>
    public async Task<string?> LookAgainAsync(CancellationToken cancellationToken)
    {
        await storage.CheckAsync(cancellationToken);
        return Problem;
    }
}
