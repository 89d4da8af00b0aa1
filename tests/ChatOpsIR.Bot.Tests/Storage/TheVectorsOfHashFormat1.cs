using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class The_vectors_of_hash_format_1
{
    private readonly JsonObject _vectors = TestFiles.Vectors();

    public static TheoryData<int> Versions => [1, 2, 3, 4, 5, 6, 7, 8];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task verify_as_intact() => Assert.Equal(8, Assert.IsType<Verdict.Intact>(await Verify()).Count);

    [Theory]
    [MemberData(nameof(Versions))]
    public void give_the_same_bytes_to_hash_and_the_same_hash(int version)
    {
        var json = Entry(version);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json.ToJsonString()));
        reader.Read();
        Assert.True(new ExportEntry().TryRead(ref reader, out var entry));

        Assert.Equal((string)json["preimage"]!, Convert.ToHexStringLower(EntryHash.Preimage("acme", "INC-42", entry!)));
        Assert.Equal((string)json["hash"]!, Convert.ToHexStringLower(EntryHash.Of("acme", "INC-42", entry!)));
    }

    [Theory]
    [InlineData("organisation")]
    [InlineData("stream")]
    public async Task break_at_the_first_version_when_they_are_said_to_be_of_another(string field)
    {
        _vectors[field] = "other";

        await BreaksAt(1);
    }

    [Theory]
    [InlineData("kind", "note-added")]
    [InlineData("occurredAt", "2026-11-24T03:00:00.0000001Z")]
    [InlineData("recordedAt", "2026-11-24T03:00:00.0000001Z")]
    [InlineData("actor", "slack:T012AB3C4:U0EVE")]
    [InlineData("actor", null)]
    [InlineData("source", "mirror")]
    [InlineData("source", null)]
    [InlineData("causeKey", "other")]
    [InlineData("causeKey", null)]
    [InlineData("data", "{}")]
    [InlineData("content", "{}")]
    [InlineData("content", "")]
    [InlineData("salt", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("commitment", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("previousHash", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("hash", "0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task break_where_a_hashed_field_was_changed(string field, string? value)
    {
        Entry(2)[field] = value;

        await BreaksAt(2);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task break_where_one_bit_of_a_hash_was_flipped(int version)
    {
        var hash = Convert.FromHexString((string)Entry(version)["hash"]!);
        hash[17] ^= 1;
        Entry(version)["hash"] = Convert.ToHexStringLower(hash);

        await BreaksAt(version);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task break_where_an_entry_was_dropped(int version)
    {
        Entries.RemoveAt(version - 1);

        await BreaksAt(version);
    }

    [Fact]
    public async Task break_where_the_redaction_s_record_was_dropped_from_the_end()
    {
        Entries.RemoveAt(7);

        await BreaksAt(4);
    }

    [Fact]
    public async Task break_behind_the_end_when_the_head_says_more()
    {
        _vectors["head"]!["version"] = 9;

        await BreaksAt(9);
    }

    [Fact]
    public async Task break_at_the_head_when_its_hash_is_another()
    {
        _vectors["head"]!["hash"] = (string)Entry(7)["hash"]!;

        await BreaksAt(8);
    }

    [Fact]
    public async Task break_where_two_entries_were_swapped()
    {
        var second = Entries[1]!;
        Entries.RemoveAt(1);
        Entries.Insert(2, second);

        await BreaksAt(2);
    }

    [Fact]
    public async Task break_where_an_entry_was_added()
    {
        Entries.Insert(3, Entry(3).DeepClone());

        await BreaksAt(4);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(2, true)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public async Task break_where_redacted_was_flipped(int version, bool value)
    {
        Entry(version)["redacted"] = value;

        await BreaksAt(version);
    }

    [Theory]
    [InlineData(5, "actor")]
    [InlineData(8, "causeKey")]
    [InlineData(6, "actor")]
    [InlineData(2, "source")]
    public async Task break_where_an_absent_field_is_written_as_an_empty_one(int version, string field)
    {
        Entry(version)[field] = "";

        await BreaksAt(version);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task break_where_a_content_is_gone_that_no_later_entry_names(int version)
    {
        Entry(version)["content"] = null;
        Entry(version).Remove("contentBase64");
        Entry(version)["salt"] = null;
        Entry(version)["redacted"] = true;

        await BreaksAt(version);
    }

    [Fact]
    public async Task break_where_the_record_of_a_redaction_was_redacted()
    {
        Entry(8)["content"] = null;
        Entry(8)["salt"] = null;
        Entry(8)["redacted"] = true;

        await BreaksAt(8);
    }

    [Fact]
    public async Task break_where_a_redacted_entry_kept_its_salt()
    {
        Entry(4)["salt"] = (string)Entry(3)["salt"]!;

        await BreaksAt(4);
    }

    [Theory]
    [InlineData("hash")]
    [InlineData("commitment")]
    [InlineData("salt")]
    [InlineData("previousHash")]
    public async Task break_where_hex_is_written_in_capitals(string field)
    {
        Entry(2)[field] = ((string)Entry(2)[field]!).ToUpperInvariant();

        await BreaksAt(2);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("kind")]
    [InlineData("actor")]
    [InlineData("data")]
    [InlineData("content")]
    [InlineData("salt")]
    [InlineData("redacted")]
    [InlineData("hash")]
    public async Task break_where_a_field_is_missing(string field)
    {
        Entry(2).Remove(field);

        await BreaksAt(2);
    }

    [Fact]
    public async Task break_where_plain_text_is_written_as_base64()
    {
        Entry(2)["contentBase64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes((string)Entry(2)["content"]!));
        Entry(2)["content"] = null;

        await BreaksAt(2);
    }

    [Fact]
    public async Task break_where_content_is_there_twice()
    {
        Entry(5)["content"] = "{}";

        await BreaksAt(5);
    }

    private JsonArray Entries => _vectors["entries"]!.AsArray();

    private JsonObject Entry(int version) => Entries[version - 1]!.AsObject();

    private async Task<Verdict> Verify()
    {
        using var export = new MemoryStream(Encoding.UTF8.GetBytes(_vectors.ToJsonString()));
        return await ExportVerifier.VerifyAsync(export, Token);
    }

    private async Task BreaksAt(long version)
    {
        var broken = Assert.IsType<Verdict.Broken>(await Verify());
        Assert.Equal(version, broken.Version);
        Assert.EndsWith(".", broken.Why, StringComparison.Ordinal);
    }
}
