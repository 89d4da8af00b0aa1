using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class Storing_facts
{
    private readonly IKeyedHash _hash = new OrganisationKey(new byte[32]);
    private readonly FactCodec _codec;

    public Storing_facts() => _codec = new FactCodec(_hash);

    public static TheoryData<int> Facts => [.. Enumerable.Range(0, StoredSamples.Facts.Length)];

    public static TheoryData<int> Effects => [.. Enumerable.Range(0, StoredSamples.Effects.Length)];

    [Fact]
    public void has_a_sample_of_every_fact()
    {
        var sampled = StoredSamples.Facts.Select(fact => fact.GetType()).ToHashSet();
        Assert.Empty(Concrete<Fact>().Where(type => !sampled.Contains(type)).Select(type => $"{type.Name} has no stored name or no sample."));
        Assert.Equal(StoredSamples.Facts.Length, FactCodec.Kinds.Count());
    }

    [Fact]
    public void has_a_sample_of_every_effect()
    {
        var sampled = StoredSamples.Effects.Select(effect => effect.GetType()).ToHashSet();
        Assert.Empty(Concrete<Effect>().Where(type => !sampled.Contains(type)).Select(type => $"{type.Name} has no stored name or no sample."));
        Assert.Equal(StoredSamples.Effects.Length, EffectFormats.All.Length);
    }

    [Fact]
    public void names_every_kind_in_small_letters_and_dashes() =>
        Assert.All(FactCodec.Kinds.Concat(EffectFormats.All.Select(format => format.Kind)), kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", kind));

    [Theory]
    [MemberData(nameof(Facts))]
    public void gives_the_bytes_of_the_golden_file(int sample)
    {
        var stored = _codec.Encode(StoredSamples.Facts[sample], []);

        Golden.Is(stored.Kind, Shown(stored));
        Assert.Equal(stored.Data, _codec.Encode(StoredSamples.Facts[sample], []).Data);
    }

    [Fact]
    public void gives_the_bytes_of_the_golden_file_for_what_was_made_from_a_message()
    {
        var message = new MessageId(new RoomId("slack", "C0INC42"), "1764000000.000100");
        foreach (var fact in StoredSamples.Facts)
        {
            Fact? made = fact switch
            {
                NoteAdded note => note with { MadeFrom = message },
                IncidentDeclared declared => declared with { MadeFrom = message },
                _ => null,
            };
            if (made is not null)
            {
                var stored = _codec.Encode(made, []);
                Golden.Is($"{stored.Kind}-from-message", Shown(stored));
                Assert.Equal(made, FactCodec.Decode(stored.Kind, stored.Data, stored.Content).Fact);
            }
        }
    }

    [Fact]
    public void keeps_the_new_id_of_a_room_where_no_redaction_takes_it()
    {
        var changed = new ChatRecord(ChatKind.RoomChanged, new RoomId("slack", "G1"), "") { NewRoom = new RoomId("slack", "C9") };

        var stored = _codec.Encode(changed, []);

        Assert.Equal("""{"platform":"slack","room":"G1","newRoom":"C9"}""", Encoding.UTF8.GetString(stored.Data));
        Assert.Equal(changed.NewRoom, Assert.IsType<ChatRecord>(FactCodec.Decode(stored.Kind, stored.Data, null).Fact).NewRoom);
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void gives_the_bytes_of_the_golden_file_for_effects(int sample)
    {
        var effect = StoredSamples.Effects[sample];

        Golden.Is($"promised-{EffectFormats.All.Single(format => format.Type == effect.GetType()).Kind}", Shown(_codec.Encode(new IncidentVoided(), [effect])));
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void gives_every_fact_back(int sample)
    {
        var fact = StoredSamples.Facts[sample];
        var stored = _codec.Encode(fact, [.. StoredSamples.Effects]);

        var (read, effects) = FactCodec.Decode(stored.Kind, stored.Data, stored.Content);

        Assert.Equal(Comparable(fact), Comparable(read));
        if (fact is not ChatRecord { Kind: ChatKind.Unreadable })
        {
            Assert.Equal(StoredSamples.Effects.Select(Comparable), effects.Select(Comparable));
        }
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void gives_redacted_facts_without_their_text(int sample)
    {
        var stored = _codec.Encode(StoredSamples.Facts[sample], [.. StoredSamples.Effects]);

        var (read, effects) = FactCodec.Decode(stored.Kind, stored.Data, null);

        Assert.Equal(StoredSamples.Facts[sample].GetType(), read.GetType());
        Assert.Equal(StoredSamples.Effects.Length, effects.Length);
        Assert.DoesNotContain("inc-42", $"{read}{string.Join(",", effects)}", StringComparison.Ordinal);
    }

    [Fact]
    public void keeps_free_text_out_of_the_data()
    {
        var declared = StoredSamples.Facts[0];

        var data = Encoding.UTF8.GetString(_codec.Encode(declared, [.. StoredSamples.Effects]).Data);

        Assert.DoesNotContain("heckout", data, StringComparison.Ordinal);
        Assert.DoesNotContain("inc-42", data, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void keeps_no_text_that_a_redaction_would_not_look_for(int sample)
    {
        var fact = StoredSamples.Facts[sample];
        var content = _codec.Encode(fact, []).Content;
        if (fact is ChatRecord || content.Length == 0)
        {
            return;
        }

        using var json = JsonDocument.Parse(content);
        Assert.Equal(json.RootElement.EnumerateObject().Select(field => field.Value.GetString()).Order(), FreeText.Of(fact).Order());
    }

    [Fact]
    public void counts_the_missed_reminders_that_it_does_not_name()
    {
        var fired = new ReminderFired("escalation:1", ReminderKind.Escalation, DateTimeOffset.UnixEpoch, ["update:1:7"], null) { MissedBefore = 7 };
        var stored = _codec.Encode(fired, []);

        Assert.Equal(8, Assert.IsType<ReminderFired>(FactCodec.Decode(stored.Kind, stored.Data, stored.Content).Fact).MissedInAll);
    }

    [Fact]
    public void passes_over_fields_that_a_later_release_added()
    {
        var (fact, _) = FactCodec.Decode("note-added", "{\"mood\":{\"a\":[1]}}"u8.ToArray(), "{\"text\":\"hello\",\"language\":\"en\"}"u8.ToArray());

        Assert.Equal(new NoteAdded("hello"), fact);
    }

    [Theory]
    [InlineData("note-sung", "{}")]
    [InlineData("severity-changed", """{"from":"sev1","to":"sev9"}""")]
    [InlineData("severity-changed", """{"from":"sev1"}""")]
    [InlineData("severity-changed", """{"from":1,"to":"sev1"}""")]
    [InlineData("severity-changed", "nonsense")]
    [InlineData("note-added", """{"effects":[{"kind":"sing"}]}""")]
    public void refuses_to_guess_what_it_does_not_know(string kind, string data) =>
        Assert.Throws<FormatException>(() => FactCodec.Decode(kind, Encoding.UTF8.GetBytes(data), ReadOnlyMemory<byte>.Empty));

    [Theory]
    [InlineData("half \ud83d of it")]
    [InlineData("\udc00\ud83d")]
    [InlineData("whole \ud83d\ude92, half \ud83d, \"quoted\" \\ and \n\0")]
    public void keeps_half_a_surrogate_pair_as_it_is(string text)
    {
        var stored = _codec.Encode(new NoteAdded(text), []);

        Assert.Equal(new NoteAdded(text), FactCodec.Decode(stored.Kind, stored.Data, stored.Content).Fact);
        Assert.True(System.Text.Unicode.Utf8.IsValid(stored.Content));
    }

    [Fact]
    public void keeps_the_platform_s_object_byte_for_byte()
    {
        var original = "{ \"text\" :\"half \\ud83d\\/\", \"n\":1.50e3,\"deep\":" + new string('[', 200) + new string(']', 200) + "}";
        var record = new ChatRecord(ChatKind.Message, new RoomId("slack", "C1"), "1.1") { Original = Encoding.UTF8.GetBytes(original) };

        var stored = _codec.Encode(record, []);
        var read = (ChatRecord)FactCodec.Decode(stored.Kind, stored.Data, stored.Content).Fact;

        Assert.Contains(original, Encoding.UTF8.GetString(stored.Content), StringComparison.Ordinal);
        Assert.Equal(original, Encoding.UTF8.GetString(read.Original.Span));
    }

    [Fact]
    public void refuses_an_original_that_is_no_JSON() => Assert.Throws<ArgumentException>(() =>
        _codec.Encode(new ChatRecord(ChatKind.Message, new RoomId("slack", "C1"), "1.1") { Original = "{]"u8.ToArray() }, []));

    [Fact]
    public void keeps_a_marked_beginning_of_what_is_too_large()
    {
        var whole = new NoteAdded(new string('ü', 600_000));

        var stored = _codec.Encode(whole, []);
        var content = Encoding.UTF8.GetString(stored.Content);

        Assert.InRange(stored.Content.Length, 1, CutContent.Longest);
        Assert.Matches(new Regex("\"cut\":\\{\"length\":1200011,\"h\":\"[0-9a-f]{32}\",\"prefix\":\"\\{\\\\\"text\\\\\":\\\\\"üü"), content);
        Assert.StartsWith("üüü", ((NoteAdded)FactCodec.Decode(stored.Kind, stored.Data, stored.Content).Fact).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("🚒")]
    [InlineData("\0")]
    [InlineData("\"")]
    [InlineData("\ud83d")]
    public void keeps_within_the_limit_whatever_is_cut(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 950_000));
        var record = new ChatRecord(ChatKind.MessageEdited, new RoomId("slack", "C1"), "1.1")
        {
            Text = text,
            PreviousText = text,
            Original = (byte[])[(byte)'"', .. Enumerable.Repeat((byte)0xFF, 900_000), (byte)'"'],
        };

        var stored = _codec.Encode(record, []);

        Assert.InRange(stored.Content.Length, 1, CutContent.Longest);
        Assert.StartsWith(character, ((ChatRecord)FactCodec.Decode(stored.Kind, stored.Data, stored.Content).Fact).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void keeps_the_text_of_a_message_whose_object_is_too_large()
    {
        var record = new ChatRecord(ChatKind.Message, new RoomId("slack", "C1"), "1.1")
        {
            Text = "hello",
            Original = Encoding.UTF8.GetBytes($"\"{new string('\\', 1_000_000)}\""),
        };

        var stored = _codec.Encode(record, []);

        Assert.InRange(stored.Content.Length, 1, CutContent.Longest);
        Assert.Equal("hello", ((ChatRecord)FactCodec.Decode(stored.Kind, stored.Data, stored.Content).Fact).Text);
    }

    [Fact]
    public void marks_a_cut_unreadable_body_in_the_data()
    {
        var record = new ChatRecord(ChatKind.Unreadable, new RoomId("slack", "C1"), "") { Original = Enumerable.Repeat((byte)0xFF, 1_000_000).ToArray() };

        var stored = _codec.Encode(record, []);

        Assert.Equal(CutContent.Longest, stored.Content.Length);
        Assert.Contains("\"cut\":{\"length\":1000000,\"h\":\"", Encoding.UTF8.GetString(stored.Data), StringComparison.Ordinal);
    }

    private static byte[] Shown(StoredFact stored) => stored.Kind == "unreadable"
        ? Encoding.UTF8.GetBytes($"{{\"kind\":\"{stored.Kind}\",\n\"data\":{Text(stored.Data)},\n\"contentBase64\":\"{Convert.ToBase64String(stored.Content)}\"}}\n")
        : Encoding.UTF8.GetBytes($"{{\"kind\":\"{stored.Kind}\",\n\"data\":{Text(stored.Data)},\n\"content\":{Text(stored.Content)}}}\n");

    private static string Text(byte[] json) => json.Length == 0 ? "null" : Encoding.UTF8.GetString(json);

    private static IEnumerable<Type> Concrete<T>() => typeof(Fact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract);

    /// <summary>Records compare their lists by reference; their text with the lists spelled out compares by value.</summary>
    private static string Comparable(object value) => string.Join("; ", value.GetType().GetProperties().Select(property => (property.Name, property.GetValue(value)) switch
    {
        (var name, ImmutableArray<string> list) => $"{name}={string.Join(",", list)}",
        (var name, ImmutableArray<PersonId> list) => $"{name}={string.Join(",", list)}",
        (var name, ImmutableArray<NotTold> list) => $"{name}={string.Join(",", list)}",
        (var name, ImmutableArray<ChatFile> list) => $"{name}={string.Join(",", list)}",
        (var name, ReadOnlyMemory<byte> bytes) => $"{name}={Convert.ToHexString(bytes.Span)}",
        var (name, other) => $"{name}={other}",
    }));
}
