using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChatOpsIR.Benchmarks.Servers;

/// <summary>A program as a process of its own, on a core of its own where the machine has two and can bind programs to them.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const int ServerCore = 0;
    public const int LoadCore = 1;

    private const string Binder = "/usr/bin/taskset";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly Process process;
    private readonly Queue<string> said = [];

    private ServerProcess(Process process) => this.process = process;

    /// <summary>Processor time that it has used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes of memory that it holds.</summary>
    public long Memory => Status("VmRSS:");

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>The last of what it wrote.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return string.Join('\n', said);
            }
        }
    }

    /// <param name="assembly">A program in this folder, started as it is installed: by the host that runs this one.</param>
    public static ServerProcess StartDotnet(string assembly, int core, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? settings = null) =>
        Start(Host, core, arguments.Prepend(Path.Combine(AppContext.BaseDirectory, assembly)), settings);

    public static ServerProcess Start(string program, int core, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        var bound = File.Exists(Binder) && AllCores > 1;
        var start = new ProcessStartInfo(bound ? Binder : program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in bound ? ["-c", core.ToString(CultureInfo.InvariantCulture), program, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings ?? [])
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(Process.Start(start)!);
        server.process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until it answers a path with success.</summary>
    public async Task AnswersAsync(Uri address)
    {
        using var http = new HttpClient();
        await UntilAsync(() => IsFineAsync(http, address));
    }

    /// <summary>Waits until it takes connections.</summary>
    public Task ListensAsync(int port) => UntilAsync(async () =>
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });


    /// <summary>Waits for the end of a program that ends by itself, and gives what it wrote to standard output and error.</summary>
    public async Task<string> EndsAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Said : throw new InvalidOperationException($"A part failed with {process.ExitCode}:\n{Said}");
    }

    /// <summary>The most bytes of memory that it ever held; 0 when it has just ended.</summary>
    public long TryMostMemory()
    {
        try
        {
            return Status("VmHWM:");
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Sends it a signal, such as STOP or CONT.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static string Host => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    // This process may be bound to one of them itself.
    private static int AllCores => File.Exists("/proc/stat") ? File.ReadLines("/proc/stat").Count(line => line.StartsWith("cpu", StringComparison.Ordinal)) - 1 : 1;

    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!await isSo())
        {
            if (process.HasExited || TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new InvalidOperationException($"A server did not start:\n{Said}");
            }

            await Task.Delay(Look, TimeProvider.System);
        }
    }

    private static async Task<bool> IsFineAsync(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(address);
            return answer.StatusCode is HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or SocketException or IOException)
        {
            return false;
        }
    }

    private long Status(string name)
    {
        const int BytesPerUnit = 1024;
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return BytesPerUnit * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }

    private void Keep(string? line)
    {
        const int Most = 400;
        if (line is null)
        {
            return;
        }

        lock (said)
        {
            said.Enqueue(line);
            if (said.Count > Most)
            {
                said.Dequeue();
            }
        }
    }
}
