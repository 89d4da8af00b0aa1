using System.Text;
using System.Text.Json;

namespace ChatOpsIR.Bot.Tests.Stories;

/// <summary>An export as its reader sees it: entries by kind, and where in the file each of their fields lies.</summary>
internal sealed class ExportedRecord(byte[] json)
{
    private readonly JsonElement[] entries = [.. JsonDocument.Parse(json).RootElement.GetProperty("entries").EnumerateArray()];

    public byte[] Json => json;

    public string[] Kinds => [.. entries.Select(Kind)];

    /// <summary>The one entry of a kind whose content says something.</summary>
    public ExportedEntry The(string kind, string says)
    {
        var found = Assert.Single(entries, entry => Kind(entry) == kind && entry.GetProperty("content").GetString()!.Contains(says, StringComparison.Ordinal));
        return new ExportedEntry(
            found.GetProperty("version").GetInt64(),
            JsonDocument.Parse(found.GetProperty("data").GetString()!).RootElement,
            JsonDocument.Parse(found.GetProperty("content").GetString()!).RootElement);
    }

    /// <summary>The same export with one bit turned: in the last letter or digit of one field of one entry.</summary>
    public byte[] WithOneBitTurned(long version, string field)
    {
        var text = Encoding.Latin1.GetString(json);
        var entry = text.IndexOf($"\"version\": {version},", text.IndexOf("\"entries\"", StringComparison.Ordinal), StringComparison.Ordinal);
        var value = text.IndexOf($"\"{field}\": \"", entry, StringComparison.Ordinal);
        var at = text.IndexOf('\n', value);
        while (!IsPlain(json[at]) || !IsPlain((byte)(json[at] ^ 1)))
        {
            at--;
        }

        var turned = (byte[])json.Clone();
        turned[at] ^= 1;
        return turned;
    }

    private static bool IsPlain(byte letter) => char.IsAsciiLetterOrDigit((char)letter);

    private static string Kind(JsonElement entry) => entry.GetProperty("kind").GetString()!;
}

/// <summary>One entry: its number, its data and its content.</summary>
internal sealed record ExportedEntry(long Version, JsonElement Data, JsonElement Content)
{
    public string? Text => Of(Content, "text");

    public string? PreviousText => Of(Content, "previousText");

    public string? Thread => Of(Data, "threadId");

    public string? Message => Of(Data, "messageId");

    private static string? Of(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;
}
