using System.Diagnostics;
using ChatOpsIR.Bot.Tests.Crashes;

/// <summary>
/// Runs inside the bot's process before the bot does, because <c>DOTNET_STARTUP_HOOKS</c> names this assembly. Once armed it counts the
/// begins and ends of store operations and chat calls, and ends the process at the one it was told: nothing of the bot is cleaned up.
/// </summary>
/// <remarks>The runtime finds it by this name, outside any namespace. It may use nothing that the bot has not got.</remarks>
internal static class StartupHook
{
    /// <summary>Names the folder through which a test and the hook speak.</summary>
    public const string Folder = "CHATOPSIR_CRASH_FOLDER";

    /// <summary>Set to count the begins and ends of reads too. They can be named without it.</summary>
    public const string Every = "CHATOPSIR_CRASH_EVERY";

    /// <summary>Appears when counting shall begin, and says where to die: at the 17th point (<c>17</c>), or at the second end of an append (<c>after store append#2</c>).</summary>
    public const string Arm = "arm";

    /// <summary>Every point that was reached, a line each.</summary>
    public const string Reached = "reached";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, int> Counts = [];
    private static int reached;
    private static bool every;
    private static string folder = "";
    private static string? fatal;

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { Length: > 0 } named)
        {
            return;
        }

        folder = named;
        if (Path.Combine(Path.GetDirectoryName(named)!, PushedClock.File) is var clock && File.Exists(clock))
        {
            PushedClock.Install(clock);
        }

        every = Environment.GetEnvironmentVariable(Every) is { Length: > 0 };
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name is "ChatOpsIR.Store" or "ChatOpsIR.Chat",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => Reach($"before {activity.OperationName}"),
            ActivityStopped = activity => Reach($"after {activity.OperationName}"),
        });
    }

    // Under the lock no other thread passes a point while this one is about to end all of them.
    private static void Reach(string point)
    {
        lock (Gate)
        {
            if ((fatal ??= ReadFatal()) is not { } last)
            {
                return;
            }

            var nth = Counts[point] = Counts.GetValueOrDefault(point) + 1;
            var name = $"{point}#{nth}";
            File.AppendAllText(Path.Combine(folder, Reached), $"{name}\n");
            if (name == last || ((every || !IsRead(point)) && $"{++reached}" == last))
            {
                using var self = Process.GetCurrentProcess();
                self.Kill();
                self.WaitForExit();
            }
        }
    }

    /// <summary>Whether a step is a read: whoever dies at one leaves behind what they would leave at the write before it, or at the next.</summary>
    public static bool IsRead(string point) => point.Split(' ') is [_, "store", ("read" or "find" or "list" or "current"), ..]
        or [_, "chat", "auth.test" or "users.info" or "bots.info" or "pins.list" or "conversations.info" or "conversations.list" or "conversations.members"
            or "conversations.history" or "conversations.replies"];

    private static string? ReadFatal() => Path.Combine(folder, Arm) is var arm && File.Exists(arm) ? File.ReadAllText(arm) : null;
}
