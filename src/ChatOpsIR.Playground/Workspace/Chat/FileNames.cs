using System.Globalization;

namespace ChatOpsIR.Playground;

/// <summary>File names as they can be shown. A name is told as it was given; on the page, and on a disk, it must not look like another one.</summary>
public static class FileNames
{
    /// <summary>Without what is not seen or turns the direction round, such as the sign that makes <c>gpj.exe</c> end in <c>exe.jpg</c>. What joins letters stays.</summary>
    public static string Shown(string? name)
    {
        var shown = string.Concat((name ?? "").Where(IsSeen)).Trim();
        return shown.Length == 0 ? "file" : shown;
    }

    private static bool IsSeen(char letter) => letter is '\u200c' or '\u200d' ||
        char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
