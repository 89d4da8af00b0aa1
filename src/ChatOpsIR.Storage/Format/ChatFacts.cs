using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>
/// How what happens in rooms is stored: the chat kinds of the export format (design page, section 11). The raw body of an
/// <see cref="ChatKind.Unreadable"/> is the content itself and is not handled here.
/// </summary>
internal static class ChatFacts
{
    /// <summary>An entry's data has to stay small; the complete list is in the platform's object.</summary>
    private const int MostFileIds = 100;

    public static readonly FactFormat[] All = [.. Enum.GetValues<ChatKind>().Select(kind => Format(kind))];

    private static FactFormat<ChatRecord> Format(ChatKind kind) => new(StoredWords<ChatKind>.Write(kind), (data, content) => Read(kind, data, content))
    {
        Data = WriteData,
        Content = WriteContent,
    };

    private static void WriteData(FieldWriter to, ChatRecord record)
    {
        to.Room(record.Room)
            .Text("messageId", record.MessageId.Length > 0 ? record.MessageId : null)
            .Text("threadId", record.ThreadId)
            .Text("author", record.Author?.Value)
            .Text("reaction", record.Reaction);
        if (!record.FileIds.IsDefaultOrEmpty)
        {
            to.Texts("fileIds", [.. record.FileIds.Take(MostFileIds)]);
        }

        to.Effect("effect", record.Effect).Text("newRoom", record.NewRoom?.Id);
    }

    private static void WriteContent(FieldWriter to, ChatRecord record)
    {
        to.Text("text", record.Text).Text("previousText", record.PreviousText);
        if (to.Cuts)
        {
            return;
        }

        WriteFiles(to, record.Files);
        if (!record.Original.IsEmpty)
        {
            OriginalJson.Check(record.Original.Span);
            to.Name("original");
            to.Json.WriteRawValue(record.Original.Span, skipInputValidation: true);
        }
    }

    private static void WriteFiles(FieldWriter to, ImmutableArray<ChatFile> files)
    {
        if (files.IsDefaultOrEmpty)
        {
            return;
        }

        to.Name("files");
        to.Json.WriteStartArray();
        foreach (var file in files)
        {
            to.Json.WriteStartObject();
            to.Text("id", file.Id).Text("name", file.Name);
            if (file.Size is { } size)
            {
                to.Number("size", size);
            }

            to.Text("type", file.Type).Text("sha256", file.Sha256);
            to.Json.WriteEndObject();
        }

        to.Json.WriteEndArray();
    }

    private static ChatRecord Read(ChatKind kind, FieldReader data, FieldReader content) => new(kind, data.Room(), data.FreeText("messageId"))
    {
        NewRoom = data.TextOrNull("newRoom") is { } room ? data.Room() with { Id = room } : null,
        ThreadId = data.TextOrNull("threadId"),
        Author = data.TextOrNull("author") is { } author ? new Actor(author) : null,
        Reaction = data.TextOrNull("reaction"),
        FileIds = data.Texts("fileIds"),
        Effect = data.EffectOrNull("effect"),
        Text = content.TextOrNull("text"),
        PreviousText = content.TextOrNull("previousText"),
        Files = content.List("files", ReadFile),
        Original = content.Find("original") is { } original ? JsonMarshal.GetRawUtf8Value(original).ToArray() : default,
    };

    private static ChatFile ReadFile(FieldReader file) => new(
        file.Text("id"),
        file.TextOrNull("name"),
        file.Find("size") is { ValueKind: JsonValueKind.Number } size ? size.GetInt64() : null,
        file.TextOrNull("type"),
        file.TextOrNull("sha256"));
}
