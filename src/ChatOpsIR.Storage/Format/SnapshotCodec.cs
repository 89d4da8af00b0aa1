using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>
/// States as JSON. A snapshot only saves reading, so whatever cannot be read exactly (another format, a field too many or too few)
/// counts as no snapshot.
/// </summary>
internal static class SnapshotCodec
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new JsonStringEnumConverter(),
            new EffectConverter(),
            new IdConverter<IncidentId>(id => id.ToString(), text => IncidentId.TryParse(text, out var id) ? id : null),
            new IdConverter<StreamId>(id => id.Value, text => new StreamId(text)),
            new IdConverter<PersonId>(id => id.ToString(), text => PersonId.TryParse(text, out var id) ? id : null),
            new IdConverter<RoomId>(id => id.ToString(), ReadRoom),
            new IdConverter<MessageId>(id => $"{id.Id} {id.Room}", ReadMessage),
            new IdConverter<EffectKey>(key => key.ToString(), text => EffectKey.TryParse(text, out var key) ? key : null),
            new IdConverter<RoleId>(id => id.Value, text => new RoleId(text)),
            new IdConverter<Topic>(topic => topic.ToString(), text => Topic.TryParse(text, out var topic) ? topic : null),
            new IdConverter<Actor>(actor => actor.Value, text => new Actor(text)),
        },
    };

    public static byte[] Write<TState>(TState state)
        where TState : class =>
        JsonSerializer.SerializeToUtf8Bytes(new Stored<TState>(SnapshotFormats.Of(typeof(TState)), state), Options);

    /// <summary>The state, or null when it cannot be read.</summary>
    public static TState? Read<TState>(ReadOnlySpan<byte> stored)
        where TState : class
    {
        try
        {
            var read = JsonSerializer.Deserialize<Stored<TState>>(stored, Options);
            return read?.Format == SnapshotFormats.Of(typeof(TState)) ? read.State : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static RoomId? ReadRoom(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? new RoomId(text[..colon], text[(colon + 1)..]) : null;

    private static MessageId? ReadMessage(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is var space and >= 0 && ReadRoom(text[(space + 1)..]) is { } room
            ? new MessageId(room, text[..space])
            : null;

    private sealed record Stored<TState>(int Format, TState State);
}
