using System.Globalization;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>The reason that goes with an order: one line, which everybody in the war room reads.</summary>
internal static class Reason
{
    /// <summary>In UTF-16 units.</summary>
    public const int Longest = 300;

    public static Reading TooLong(string text) => new Reading.Unclear(
        string.Create(CultureInfo.InvariantCulture, $"A reason has at most {Longest} characters; this one has {text.Length}. Say the main thing, and note the rest: `/incident note …`."), "text");
}
