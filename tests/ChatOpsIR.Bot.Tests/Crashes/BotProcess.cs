using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>The bot as its own process, just as it is installed.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private const string Ready = "/healthz/ready";
    private const int KeptLines = 200;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new();

    private readonly Process process;
    private readonly Uri address;
    private readonly ConcurrentQueue<string> said = new();
    private readonly long began = TimeProvider.System.GetTimestamp();

    private BotProcess(Process process, Uri address)
    {
        this.process = process;
        this.address = address;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>Completes when the process is no more.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public int Id => process.Id;

    /// <summary>
    /// How many times longer it took to start than it worked: 1 on a machine that has nothing else to do, 3 where it got a third of a core.
    /// </summary>
    public double Slowness { get; private set; } = 1;

    /// <summary>Its log, for whoever must find out why.</summary>
    public string Said => string.Join('\n', said);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="command">What it is told to do other than to be the bot.</param>
    public static BotProcess Start(Uri address, IEnumerable<KeyValuePair<string, string>> settings, params string[] command)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "ChatOpsIR.Bot.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_URLS"] = address.ToString(),
                ["Logging__LogLevel__Default"] = "Warning",

                // One bot on a busy machine: a short start counts for more than a fast run.
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_TieredPGO"] = "0",
            },
        };
        foreach (var word in command)
        {
            start.ArgumentList.Add(word);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var bot = new BotProcess(new Process { StartInfo = start }, address);
        bot.process.Start();
        bot.Ended = bot.process.WaitForExitAsync(CancellationToken.None);
        bot.process.BeginOutputReadLine();
        bot.process.BeginErrorReadLine();
        return bot;
    }

    public async Task ReadyAsync(string page = Ready)
    {
        while (!await AnswersAsync(page))
        {
            Assert.False(process.HasExited, $"The bot ended while it started:\n{Said}");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < StartsWithin, $"The bot did not start within {StartsWithin}:\n{Said}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }

        if (!process.HasExited)
        {
            Slowness = Math.Max(1, TimeProvider.System.GetElapsedTime(began) / process.TotalProcessorTime);
        }
    }

    /// <summary>Whether it takes what it is sent now.</summary>
    public Task<bool> IsReadyAsync() => AnswersAsync(Ready);

    /// <summary>It ends where it stands: <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task<bool> AnswersAsync(string page)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(address, page), Ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            said.Enqueue(line);
            if (said.Count > KeptLines)
            {
                said.TryDequeue(out _);
            }
        }
    }
}
