using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>A fact with its effects as an entry keeps it.</summary>
internal sealed record StoredFact(string Kind, byte[] Data, byte[] Content);

/// <summary>Turns facts into what is stored and back. The same fact gives the same bytes; what an older release wrote stays readable.</summary>
internal sealed class FactCodec(IKeyedHash hash)
{
    private static readonly FactFormat[] Formats = [.. IncidentFacts.All, .. EffectFacts.All, .. NumberFacts.All, .. SubscriptionFacts.All, .. ChatFacts.All];

    private static readonly Dictionary<string, FactFormat> ByKind = Formats.ToDictionary(format => format.Kind);

    private static readonly Dictionary<Type, FactFormat> ByType =
        Formats.Where(format => format.Type != typeof(ChatRecord)).ToDictionary(format => format.Type);

    private static readonly string Unreadable = StoredWords<ChatKind>.Write(ChatKind.Unreadable);

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = OriginalJson.MaxDepth + 100 };

    public static IEnumerable<string> Kinds => ByKind.Keys;

    /// <summary>Whether it is an entry of something that happened in the chat, which no decision needs.</summary>
    public static bool IsOfChat(string kind) => ByKind.TryGetValue(kind, out var format) && format.Type == typeof(ChatRecord);

    public StoredFact Encode(Fact fact, ImmutableArray<Effect> effects)
    {
        var format = FormatOf(fact);
        var content = format.Kind == Unreadable ? ((ChatRecord)fact).Original.ToArray() : WriteContent(format, fact, effects, longestText: null);
        if (content.Length <= CutContent.Longest)
        {
            return new StoredFact(format.Kind, WriteData(format, fact, effects, cut: null), content);
        }

        var cut = CutContent.Of(content, hash);
        return format.Kind == Unreadable
            ? new StoredFact(format.Kind, WriteData(format, fact, effects, cut), content[..CutContent.Longest])
            : new StoredFact(format.Kind, WriteData(format, fact, effects, cut: null), WriteContent(format, fact, effects, CutContent.LongestText, cut));
    }

    /// <param name="content">Null once redacted: the fact comes back with empty text.</param>
    /// <exception cref="FormatException">A later release wrote it, or it is damaged.</exception>
    public static (Fact Fact, ImmutableArray<Effect> Effects) Decode(string kind, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte>? content)
    {
        if (!ByKind.TryGetValue(kind, out var format))
        {
            throw new FormatException($"'{kind}' is no kind of entry that this release knows.");
        }

        try
        {
            using var dataJson = data.IsEmpty ? null : JsonDocument.Parse(data, Deep);
            using var contentJson = kind == Unreadable || content is not { IsEmpty: false } text ? null : JsonDocument.Parse(text, Deep);
            var dataFields = new FieldReader(dataJson?.RootElement);
            var contentFields = new FieldReader(contentJson?.RootElement);
            var fact = format.Read(dataFields, contentFields);
            return (kind == Unreadable ? WithBody((ChatRecord)fact, content) : fact, EffectCodec.Read(dataFields, contentFields));
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException)
        {
            throw new FormatException($"What is stored of a '{kind}' entry is damaged.", damaged);
        }
    }

    private static ChatRecord WithBody(ChatRecord record, ReadOnlyMemory<byte>? body) => record with { Original = body ?? default };

    private static FactFormat FormatOf(Fact fact)
    {
        if (fact is ChatRecord chat)
        {
            return ByKind[StoredWords<ChatKind>.Write(chat.Kind)];
        }

        return ByType.TryGetValue(fact.GetType(), out var format)
            ? format
            : throw new UnreachableException($"FactCodec was never taught about {fact.GetType().Name}.");
    }

    private static byte[] WriteData(FactFormat format, Fact fact, ImmutableArray<Effect> effects, CutContent? cut)
    {
        using var to = new FieldWriter();
        format.WriteData(to, fact);
        EffectCodec.WriteData(to, effects);
        cut?.Write(to, withPrefix: false);
        return to.ToArray();
    }

    private static byte[] WriteContent(FactFormat format, Fact fact, ImmutableArray<Effect> effects, int? longestText, CutContent? cut = null)
    {
        using var to = new FieldWriter(longestText);
        format.WriteContent(to, fact);
        EffectCodec.WriteContent(to, effects);
        cut?.Write(to, withPrefix: true);
        return to.HasFields ? to.ToArray() : [];
    }
}
