using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Api;
using ChatOpsIR.Bot.CommandLine;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>What an export tells of its incident beside the entries, which no hash covers.</summary>
public sealed class The_summary_of_an_export : IDisposable
{
    private static readonly PersonId Ada = new("slack", "T1", "U1");
    private static readonly PersonId Grace = new("slack", "T1", "U2");

    private readonly Databases _databases = new();
    private readonly SqliteStorage _storage;

    public The_summary_of_an_export() => _storage = _databases.Memory(new FakeTimeProvider(Now), inline: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_intact_as_it_was_written()
    {
        await RecordAsync();

        Assert.Null(Assert.IsType<Verdict.Intact>(await VerifyAsync(await ExportAsync())).NotCompared);
    }

    [Theory]
    [InlineData("id", "\"INC-41\"", "It says that it is about INC-41, and the entries are of INC-42.")]
    [InlineData("title", "\"Nothing much\"", "Its title is “Nothing much”, and the entries come to “Checkout returns 500s”.")]
    [InlineData("severity", "\"sev4\"", "Its severity is “sev4”, and the entries come to “sev2”.")]
    [InlineData("status", "\"closed\"", "Its status is “closed”, and the entries come to “resolved”.")]
    [InlineData("phase", "\"recovery\"", "Its phase is “recovery”, and the entries come to “review”.")]
    [InlineData("private", "true", "Its private is “true”, and the entries come to “false”.")]
    [InlineData("declaredAt", "\"2026-11-24T04:00:00Z\"", "Its declaredAt is “2026-11-24T04:00:00Z”, and the entries come to “2026-11-24T03:00:00Z”.")]
    [InlineData("declaredBy", "\"slack:T1:U2\"", "Its declaredBy is “slack:T1:U2”, and the entries come to “slack:T1:U1”.")]
    [InlineData("roles", """{"manager":["slack:T1:U1"]}""", "Its roles is “{\"manager\":[\"slack:T1:U1\"]}”, and the entries come to “{\"manager\":[\"slack:T1:U2\"]}”.")]
    [InlineData("rooms", "[]", "Its rooms is “[]”, and the entries come to")]
    [InlineData("head", """{"version":99,"hash":"00"}""", "It says that the incident stands at version 99, and the entries end at 6.")]
    [InlineData("head", """{"version":6,"hash":"00"}""", "It names a hash for version 6 that this entry does not have.")]
    public async Task is_named_as_broken_where_it_tells_something_else(string field, string value, string why)
    {
        await RecordAsync();
        var forged = JsonNode.Parse(await ExportAsync())!.AsObject();
        forged["incident"]![field] = JsonNode.Parse(value);

        var misleading = Assert.IsType<Verdict.Misleading>(await VerifyAsync(Encoding.UTF8.GetBytes(forged.ToJsonString())));
        Assert.StartsWith(why, misleading.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_how_things_stood_at_the_head_that_it_names()
    {
        await RecordAsync();
        var (before, hash) = (await IncidentAsync(), await HashAsync());
        await AppendAsync(new IncidentReopened("It is back"));

        Assert.IsType<Verdict.Intact>(await VerifyAsync(await ExportAsync(before, hash)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task is_not_called_broken_for_what_was_redacted(bool whileItWasExported)
    {
        await RecordAsync();
        var (before, hash) = (await IncidentAsync(), await HashAsync());
        await RedactAsync(1, 2);

        Assert.IsType<Verdict.Intact>(await VerifyAsync(whileItWasExported ? await ExportAsync(before, hash) : await ExportAsync()));
    }

    [Fact]
    public async Task is_not_called_broken_for_what_is_named_and_not_emptied_yet()
    {
        await RecordAsync();
        long[] versions = [1, 2];
        var raw = await _storage.Raw.ReadRawAsync(Incident42, 0, 100, Token);
        await AppendAsync(new Redacted([.. versions], [.. versions.Select(version => Convert.ToHexStringLower(raw[(int)version - 1].Commitment.Span))], [], Ada, Grace, "a customer's name"));

        Assert.IsType<Verdict.Intact>(await VerifyAsync(await ExportAsync()));
    }

    [Fact]
    public async Task is_named_as_broken_after_a_redaction_where_it_tells_of_something_that_is_there()
    {
        await RecordAsync();
        await RedactAsync(1, 2);
        var forged = JsonNode.Parse(await ExportAsync())!.AsObject();
        forged["incident"]!["severity"] = "sev4";

        Assert.IsType<Verdict.Misleading>(await VerifyAsync(Encoding.UTF8.GetBytes(forged.ToJsonString())));
    }

    [Fact]
    public async Task is_left_alone_where_a_later_release_wrote_something_that_this_one_cannot_read()
    {
        await RecordAsync();
        var sung = new EntryDraft(new Stamp(null, Now, null, Source.Self), "sung", "{}"u8.ToArray(), [], [], new Outcome("sing", 1));
        var (incident, hash) = (await IncidentAsync(), await HashAsync());
        await _storage.Store.AppendAsync(Incident42, new Head(incident.Version, [.. hash.Span]), [sung], Token);
        var export = JsonNode.Parse(await ExportAsync(incident, hash))!.AsObject();
        export["incident"]!.AsObject().Remove("head");

        var intact = Assert.IsType<Verdict.Intact>(await VerifyAsync(Encoding.UTF8.GetBytes(export.ToJsonString())));
        Assert.Contains("'sung' is no kind of entry that this release knows", intact.NotCompared, StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_comes_behind_the_entries_cannot_be_read()
    {
        await RecordAsync();
        var export = JsonNode.Parse(await ExportAsync())!.AsObject();
        var incident = export["incident"];
        export.Remove("incident");
        export["incident"] = incident;

        Assert.IsType<Verdict.Unreadable>(await VerifyAsync(Encoding.UTF8.GetBytes(export.ToJsonString())));
    }

    public void Dispose() => _databases.Dispose();

    private static async Task<Verdict> VerifyAsync(byte[] export)
    {
        using var stream = new MemoryStream(export);
        return await ExportVerifier.VerifyAsync(stream, new FoldedIncident(), Token);
    }

    private Task RecordAsync() => AppendAsync(
        new IncidentDeclared("Checkout returns 500s", Severity.Sev1, false, "slack", "T1", "inc-42", Ada, "default-1"),
        new RoomOpened(new EffectKey(Incident42, 1, 0), new RoomId("slack", "C1"), "T1", "inc-42"),
        new SeverityChanged(Severity.Sev1, Severity.Sev2, "one region"),
        new RoleAccepted(RoleId.Manager, Grace, Replaces: true),
        new ChatRecord(ChatKind.Message, new RoomId("slack", "C1"), "1.2") { Author = Actor.Of(Ada), Text = "It is getting better" },
        new IncidentResolved("Rolled back"));

    private async Task AppendAsync(params Fact[] facts)
    {
        var head = (await _storage.Streams.ReadAsync(Incident42, 0, 100, Token)).Head;
        var drafts = facts.Select(fact => new Draft(new Stamp(null, Now, Actor.Of(Ada), Source.Live), fact, [], [], new Outcome("test", 1)));
        await _storage.Streams.AppendAsync(Incident42, head, [.. drafts], Token);
    }

    private async Task RedactAsync(params long[] versions)
    {
        var raw = (await _storage.Raw.ReadRawAsync(Incident42, 0, 100, Token)).ToImmutableArray();
        await AppendAsync(new Redacted([.. versions], [.. versions.Select(version => Convert.ToHexStringLower(raw[(int)version - 1].Commitment.Span))], [], Ada, Grace, "a customer's name"));
        var head = (await _storage.Streams.ReadAsync(Incident42, 0, 100, Token)).Head;
        await _storage.Streams.RedactAsync(Incident42, versions, new Snapshot<Incident>(await IncidentAsync(), head), Token);
    }

    private async Task<Incident> IncidentAsync()
    {
        var incident = new Incident { Id = new IncidentId(42) };
        foreach (var raw in await _storage.Raw.ReadRawAsync(Incident42, 0, 100, Token))
        {
            incident = Apply(incident, EntryReader.Read(Incident42, raw));
        }

        return incident;
    }

    private static Incident Apply(Incident incident, Entry entry) => incident.Apply(entry.Version, entry.Stamp, entry.Fact, entry.Effects);

    private async Task<ReadOnlyMemory<byte>> HashAsync() => (await _storage.Raw.ReadRawAsync(Incident42, 0, 100, Token))[^1].Hash;

    private async Task<byte[]> ExportAsync() => await ExportAsync(await IncidentAsync(), await HashAsync());

    private async Task<byte[]> ExportAsync(Incident told, ReadOnlyMemory<byte> hash)
    {
        using var stream = new MemoryStream();
        await ExportWriter.WriteAsync(stream, "acme", Incident42, _storage.Raw, json => IncidentJson.Write(json, told, hash), Token);
        return stream.ToArray();
    }
}
