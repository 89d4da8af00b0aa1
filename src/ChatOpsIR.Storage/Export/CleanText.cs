using System.Text;
using System.Text.Unicode;

namespace ChatOpsIR.Storage.Export;

/// <summary>Which bytes an export may show as text: those that come back the same from any JSON reader.</summary>
internal static class CleanText
{
    public static bool Is(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.StartsWith(Encoding.UTF8.Preamble);
}
