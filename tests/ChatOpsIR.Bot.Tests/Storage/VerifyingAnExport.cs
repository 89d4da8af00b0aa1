using System.Text;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class Verifying_an_export : IDisposable
{
    private readonly Databases _databases = new();
    private readonly SqliteStorage _storage;

    public Verifying_an_export() => _storage = _databases.Memory(new FakeTimeProvider(Now), inline: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task finds_what_was_written_intact()
    {
        await Fill(1200);

        var head = (await _storage.Streams.ReadAsync(Incident42, 1199, 1, Token)).Head;
        var intact = Assert.IsType<Verdict.Intact>(await Verify(await Export()));
        Assert.Equal(1200, intact.Count);
        Assert.Equal(head.Hash, intact.Head.Hash);
    }

    [Fact]
    public async Task finds_an_empty_stream_intact() => Assert.Equal(0, Assert.IsType<Verdict.Intact>(await Verify(await Export())).Count);

    [Fact]
    public async Task keeps_bytes_that_are_no_text()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, 0x7B, 0xFF];
        var record = new ChatRecord(ChatKind.Unreadable, new RoomId("slack", "C1"), "") { Original = body };
        await _storage.Streams.AppendAsync(Incident42, Head.Empty, [Note("c") with { Fact = record }], Token);

        var export = await Export();

        Assert.IsType<Verdict.Intact>(await Verify(export));
        Assert.Contains(Convert.ToBase64String(body), Encoding.UTF8.GetString(export), StringComparison.Ordinal);
    }

    [Fact]
    public async Task names_the_version_of_every_byte_that_is_flipped_in_an_entry()
    {
        await Fill(3);
        var export = await Export();
        var entries = Positions(export);

        for (var at = entries[0]; at < entries[3]; at++)
        {
            var flipped = export.ToArray();
            flipped[at] ^= 1;
            var expected = at < entries[1] ? 1 : at < entries[2] ? 2 : 3;
            if (await Verify(flipped) is not Verdict.Broken broken)
            {
                // Between the fields, a flipped byte is no longer JSON, or blank space.
                Assert.True(await Verify(flipped) is Verdict.Unreadable || IsBlank(export[at]), $"Byte {at} was flipped and nothing was found.");
                continue;
            }

            Assert.Equal(expected, broken.Version);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no export")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format":"chatopsir-export/2"}""")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"entries":[],"format":"chatopsir-export/1","organisation":"a","stream":"b"}""")]
    [InlineData("""{"format":"chatopsir-export/1","organisation":"a","stream":"b","entries":{}}""")]
    [InlineData("""{"format":"chatopsir-export/1","organisation":"a","stream":"b","entries":[]}""")]
    [InlineData("""{"format":"chatopsir-export/1","organisation":"a","stream":"b","entries":[],"head":{"version":0,"hash":"00"}}""")]
    [InlineData("""{"format":"chatopsir-export/1","organisation":"a","stream":"b","stream":"c"}""")]
    public async Task cannot_say_anything_about_what_is_no_export(string text) =>
        Assert.IsType<Verdict.Unreadable>(await Verify(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task cannot_say_anything_about_a_part_or_about_more()
    {
        await Fill(3);
        var export = await Export();

        Assert.IsType<Verdict.Unreadable>(await Verify(export[..^2]));
        Assert.IsType<Verdict.Unreadable>(await Verify([.. export, (byte)'{']));
        Assert.IsType<Verdict.Intact>(await Verify([.. export, (byte)'\n']));
    }

    [Fact]
    public async Task does_not_mind_a_byte_order_mark_and_a_slow_stream()
    {
        await Fill(40);
        using var slow = new Trickle([0xEF, 0xBB, 0xBF, .. await Export()]);

        Assert.IsType<Verdict.Intact>(await ExportVerifier.VerifyAsync(slow, Token));
    }

    [Fact]
    public async Task agrees_with_verifying_the_stream_where_it_is_stored()
    {
        await Fill(30);

        Assert.Equal(30, Assert.IsType<Verdict.Intact>(await StreamVerifier.VerifyAsync("acme", Incident42, _storage.Raw, Token)).Count);
        Assert.Equal(1, Assert.IsType<Verdict.Broken>(await StreamVerifier.VerifyAsync("other", Incident42, _storage.Raw, Token)).Version);
    }

    public void Dispose() => _databases.Dispose();

    private static bool IsBlank(byte at) => at is (byte)' ' or (byte)'\n';

    private static int[] Positions(byte[] export)
    {
        var text = Encoding.Latin1.GetString(export);
        return [.. Enumerable.Range(1, 3).Select(version => text.IndexOf($"\"version\": {version}", StringComparison.Ordinal)), text.IndexOf("\n ],", StringComparison.Ordinal)];
    }

    private static async Task<Verdict> Verify(byte[] export)
    {
        using var stream = new MemoryStream(export);
        return await ExportVerifier.VerifyAsync(stream, Token);
    }

    private async Task<byte[]> Export()
    {
        using var stream = new MemoryStream();
        await ExportWriter.WriteAsync(stream, "acme", Incident42, _storage.Raw, json => json.WriteRawValue("""{"id":"INC-42"}"""), Token);
        return stream.ToArray();
    }

    private async Task Fill(int count)
    {
        var head = Head.Empty;
        foreach (var some in Notes(count).Chunk(50))
        {
            head = ((AppendResult.Appended)await _storage.Streams.AppendAsync(Incident42, head, some, Token)).Head;
        }
    }

    /// <summary>Gives seven bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(7, buffer.Length)], cancellationToken);
    }
}
