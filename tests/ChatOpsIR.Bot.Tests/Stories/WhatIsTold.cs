using System.Text.Json;

namespace ChatOpsIR.Bot.Tests.Stories;

/// <summary>
/// What a record says, without what may differ from run to run: ids, times, how often an effect was tried, and which of several topics in
/// a row were skipped for the last.
/// </summary>
internal static class WhatIsTold
{
    /// <summary>One line for each entry, in an order of its own.</summary>
    public static string In(byte[] export) => string.Join('\n', Lines(export).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Lines(byte[] export) =>
        from entry in JsonDocument.Parse(export).RootElement.GetProperty("entries").EnumerateArray()
        let kind = entry.GetProperty("kind").GetString()
        where !kind!.StartsWith("effect-", StringComparison.Ordinal)
        let content = entry.GetProperty("content").GetString()
        let told = string.IsNullOrEmpty(content) ? default : JsonDocument.Parse(content).RootElement
        where !Field(told, "text").Contains("set the channel topic", StringComparison.Ordinal)
        select $"{kind}: {Field(told, "text")}|{Field(told, "previousText")}";

    private static string Field(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) ? value.ToString() : "";
}
