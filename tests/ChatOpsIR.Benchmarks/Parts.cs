using System.Globalization;
using ChatOpsIR.Benchmarks.Servers;

namespace ChatOpsIR.Benchmarks;

/// <summary>Parts that run in a fresh process on the server's core and say their figures in one line.</summary>
internal static class Parts
{
    private const string Figures = "figures ";

    public static async Task<int> RunAsync(string name, string[] arguments)
    {
        var figures = (name, arguments) switch
        {
            ("append", [var path, var producers, var streams]) => await Appending.OursAsync(path, Number(producers), Number(streams)),
            ("append-raw", [var path, var producers]) => await Appending.RawAsync(path, Number(producers)),
            ("open", [var store, var incident, var where]) => await Opening.CountAsync(store, Number(incident), where),
            ("export", [var path]) => await Checking.ExportAsync(path),
            ("export-raw", [var path]) => Checking.ExportRaw(path),
            ("verify", [var path]) => await Checking.VerifyAsync(path),
            ("verify-raw", [var path]) => Checking.VerifyRaw(path),
            _ => throw new ArgumentException($"There is no part {name} of {arguments.Length} arguments."),
        };
        Console.WriteLine(Figures + string.Join(' ', figures.Select(figure => figure.ToString("R", CultureInfo.InvariantCulture))));
        return 0;
    }

    /// <summary>Runs a part and gives its figures.</summary>
    public static async Task<double[]> MeasureAsync(params string[] part)
    {
        await using var process = ServerProcess.StartDotnet("ChatOpsIR.Benchmarks.dll", ServerProcess.ServerCore, part.Prepend("part"));
        var said = await process.EndsAsync();
        var line = said.Split('\n').Last(line => line.StartsWith(Figures, StringComparison.Ordinal));
        return [.. line[Figures.Length..].Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
