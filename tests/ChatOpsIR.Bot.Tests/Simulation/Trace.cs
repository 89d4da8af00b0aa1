using System.Globalization;
using System.Text;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>What happened in a run, line by line. The same seed gives the same bytes.</summary>
internal sealed class Trace(Func<TimeSpan> clock)
{
    private readonly List<string> lines = [];

    public int Step { get; set; }

    public void Say(string what) =>
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Step:D5} {clock().TotalSeconds,10:F3} {what.ReplaceLineEndings(" ")}"));

    public string Tail(int most) => string.Join('\n', lines.TakeLast(most));

    public byte[] Bytes() => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
}
