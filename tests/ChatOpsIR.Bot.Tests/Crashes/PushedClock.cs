using System.Diagnostics;
using System.Globalization;
using ChatOpsIR.Playground;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>
/// Inside the bot's process: the bot's clock becomes one that a test pushes forward, by a file which says how far it is ahead. Whoever
/// starts again on the file is where the last one was. Hangfire keeps to the real time: it is the reconciler that finds what is due.
/// </summary>
internal sealed class PushedClock : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    /// <summary>Beside the folder of the hook.</summary>
    public const string File = "ahead";

    private const int LookEveryMs = 20;

    private readonly string path;
    private readonly AdjustableTimeProvider clock = new();
    private readonly Timer timer;

    private PushedClock(string path)
    {
        this.path = path;
        Look();
        timer = new Timer(_ => Look(), null, LookEveryMs, LookEveryMs);
    }

    /// <summary>Waits for the bot to put its host together.</summary>
    public static void Install(string path)
    {
#pragma warning disable CA2000 // It lives as long as the process.
        DiagnosticListener.AllListeners.Subscribe(new PushedClock(path));
#pragma warning restore CA2000
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder host })
        {
            host.ConfigureServices(services => services.AddSingleton<TimeProvider>(clock));
        }
    }

    public void OnCompleted()
    {
        // Nothing was kept for the listeners that end.
    }

    public void OnError(Exception error)
    {
        // Listeners do not fail.
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        lock (clock)
        {
            if (System.IO.File.Exists(path) && TimeSpan.Parse(System.IO.File.ReadAllText(path), CultureInfo.InvariantCulture) is var ahead && ahead > clock.Offset)
            {
                clock.Advance(ahead - clock.Offset);
            }
        }
    }
}
