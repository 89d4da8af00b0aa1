using System.Text.Json;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.Api;

/// <summary>An incident as the API and the export show it (design page, section 11).</summary>
internal static class IncidentJson
{
    public static void Write(Utf8JsonWriter json, Incident incident, ReadOnlyMemory<byte> headHash)
    {
        json.WriteStartObject();
        json.WriteString("id", incident.Id.ToString());
        json.WriteString("title", incident.Title);
        json.WriteString("type", "incident");
        json.WriteString("severity", SeverityWords.Code(incident.Severity));
        json.WriteString("phase", incident.Phase.ToString().ToLowerInvariant());
        json.WriteString("status", incident.Status?.ToString().ToLowerInvariant());
        json.WriteBoolean("private", incident.Private);
        json.WriteString("declaredAt", incident.DeclaredAt.UtcDateTime);
        json.WriteString("declaredBy", incident.DeclaredBy.Value);
        json.WriteStartArray("rooms");
        foreach (var room in incident.Rooms)
        {
            json.WriteStartObject();
            json.WriteString("platform", room.Id.Platform);
            json.WriteString("workspace", room.Workspace);
            json.WriteString("id", room.Id.Id);
            json.WriteString("name", room.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("roles");
        foreach (var (role, holders) in incident.Roles.OrderBy(role => role.Key.Value, StringComparer.Ordinal))
        {
            json.WriteStartArray(role.Value);
            foreach (var holder in holders)
            {
                json.WriteStringValue(holder.ToString());
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartObject("head");
        json.WriteNumber("version", incident.Version);
        json.WriteString("hash", Convert.ToHexStringLower(headHash.Span));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The hash of the newest entry that an incident's state has in it.</summary>
    public static async Task<ReadOnlyMemory<byte>> HeadHashAsync(Incident incident, IRawEntries raw, CancellationToken cancellationToken)
    {
        var entries = await raw.ReadRawAsync(incident.Id.Stream, incident.Version - 1, 1, cancellationToken);
        return entries is [var head, ..] ? head.Hash : new byte[32];
    }
}
