using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Api;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.CommandLine;

/// <summary>
/// What the entries of an export come to, folded by the rules and shown as the export shows it. What was redacted is not compared: the
/// summary may be older than the redaction, and nobody can tell any more what stood there.
/// </summary>
internal sealed class FoldedIncident : IExportSummary
{
    private readonly HashSet<long> roomNames = [];
    private Incident incident = new();
    private bool titleIsGone;
    private bool roomNamesAreGone;

    public void Take(Entry entry)
    {
        if (entry.Fact is IncidentEvent fact)
        {
            // An entry that a redaction names loses its text some time later: an export may come in between.
            var named = fact is Redacted { Versions: var versions } ? versions : entry.Redacted ? [entry.Version] : [];
            if (fact is RoomOpened)
            {
                roomNames.Add(entry.Version);
            }

            titleIsGone |= named.Contains(1);
            roomNamesAreGone |= named.Any(roomNames.Contains);
            incident = incident.Apply(entry.Version, entry.Stamp, fact, entry.Effects);
        }
    }

    public string? Wrong(JsonElement told)
    {
        var (says, comesTo) = (Comparable(JsonObject.Create(told)!), Comparable(Shown()));
        foreach (var (name, value) in comesTo)
        {
            if (says.TryGetPropertyValue(name, out var said) && !JsonNode.DeepEquals(said, value))
            {
                return $"Its {name} is {Quoted(said)}, and the entries come to {Quoted(value)}.";
            }
        }

        return null;
    }

    private JsonObject Shown()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            IncidentJson.Write(json, incident, default);
        }

        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }

    private JsonObject Comparable(JsonObject shown)
    {
        shown.Remove("id");
        shown.Remove("head");
        if (titleIsGone)
        {
            shown.Remove("title");
        }

        if (roomNamesAreGone && shown["rooms"] is JsonArray rooms)
        {
            foreach (var room in rooms.OfType<JsonObject>())
            {
                room.Remove("name");
            }
        }

        return shown;
    }

    private static string Quoted(JsonNode? value) => value is JsonValue or null ? PlainText.Quote(value?.ToString() ?? "null") : PlainText.Quote(value.ToJsonString());
}
