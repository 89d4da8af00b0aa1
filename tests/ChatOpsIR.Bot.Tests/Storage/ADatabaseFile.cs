using System.Diagnostics;
using System.Text;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class A_database_file : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Databases _databases = new();
    private readonly FakeTimeProvider _time = new(Now);
    private readonly string _path;
    private readonly SqliteStorage _storage;

    public A_database_file()
    {
        _path = _databases.NewPath();
        _storage = _databases.File(_time, _path);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_readable_by_its_owner_alone_and_so_is_its_log()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await Append(Head.Empty, Note("c1"));

        Assert.Equal(OwnerOnly, Mode(_path));
        Assert.Equal(OwnerOnly, Mode($"{_path}-wal"));
    }

    [Fact]
    public async Task keeps_everything_when_it_is_opened_again()
    {
        var hash = _storage.Hash.Of("a", "b");
        await Append(Head.Empty, Note("c1"));
        _storage.Dispose();

        var again = _databases.File(_time, _path);

        Assert.Equal(1, (await again.Streams.ReadAsync(Incident42, 0, 10, Token)).Head.Version);
        Assert.Equal(hash, again.Hash.Of("a", "b"));
    }

    [Fact]
    public void serves_one_bot_at_a_time()
    {
        var path = _databases.NewPath() + "x";
        var settings = new SqliteSettings("acme", path) { Alone = true };
        using (SqliteStorage.Open(settings))
        {
            Assert.Contains($"Another bot is running on the database {path}. Stop that one first", Assert.Throws<StoreException>(() => SqliteStorage.Open(settings)).Message, StringComparison.Ordinal);
            File.CreateSymbolicLink($"{path}-too", path);
            Assert.Contains("Another bot is running", Assert.Throws<StoreException>(() => SqliteStorage.Open(settings with { Path = $"{path}-too" })).Message, StringComparison.Ordinal);
            using var looking = SqliteStorage.OpenReadOnly(path);
            Assert.Equal("acme", looking.Organisation);
        }

        using var next = SqliteStorage.Open(settings);
        Assert.Equal(OwnerOnly, Mode($"{path}.lock"));
    }

    [Fact]
    public void belongs_to_one_organisation()
    {
        var refused = Assert.Throws<StoreException>(() => SqliteStorage.Open(new SqliteSettings("other", _path)));

        Assert.Contains("'acme'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void of_a_later_release_is_left_alone()
    {
        Sql("UPDATE schema_version SET version = 99");

        Assert.Contains("later release", Assert.Throws<StoreException>(() => SqliteStorage.Open(new SqliteSettings("acme", _path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task can_be_looked_at_while_the_bot_runs_and_without_it()
    {
        var head = await Append(Head.Empty, Note("c1"));

        Assert.Equal(1, await CountReadOnly());
        _storage.Dispose();
        Assert.Equal(1, await CountReadOnly());
        using var readOnly = SqliteStorage.OpenReadOnly(_path);
        await Assert.ThrowsAsync<StoreException>(() => readOnly.Streams.AppendAsync(Incident42, head, [Note("c9")], Token));
    }

    [Fact]
    public void that_is_not_there_cannot_be_looked_at() =>
        Assert.Throws<StoreException>(() => SqliteStorage.OpenReadOnly(Path.Combine(Path.GetDirectoryName(_path)!, "none.db")));

    [Theory]
    [InlineData("UPDATE entries SET actor = 'x'")]
    [InlineData("UPDATE entries SET content = x'00'")]
    [InlineData("UPDATE entries SET content = NULL")]
    [InlineData("UPDATE entries SET content = NULL, salt = NULL, version = 5")]
    [InlineData("DELETE FROM entries")]
    [InlineData("UPDATE keys SET version = 5")]
    [InlineData("DELETE FROM keys")]
    [InlineData("PRAGMA recursive_triggers = ON; REPLACE INTO keys SELECT stream, cause, 9, code, entries FROM keys")]
    public async Task refuses_to_change_what_is_recorded(string sql)
    {
        await Append(Head.Empty, Note("c1"));

        Assert.Throws<SqliteException>(() => Sql(sql));
    }

    [Fact]
    public async Task forgets_a_redacted_text_to_the_last_byte_and_still_verifies()
    {
        const string Secret = "correct-horse-battery-staple";
        var filler = Enumerable.Range(0, 5).Select(i => Note($"f{i}", new string('f', 3000))).ToArray();
        var head = await Append(Head.Empty, [Note("c1"), Note("c2", $"{Secret}{new string('x', 20_000)}{Secret}"), .. filler]);
        await _storage.Streams.SaveSnapshotAsync(Incident42, new Snapshot<Incident>(new Incident { Title = Secret }, head), Token);
        Sql($"INSERT INTO snapshots SELECT stream, state, 1, version, hash, CAST('{Secret}' AS BLOB) FROM snapshots");
        Assert.True(OnDisk(Secret));
        var commitment = Convert.ToHexStringLower((await _storage.Raw.ReadRawAsync(Incident42, 1, 1, Token))[0].Commitment.Span);
        var people = (Asks: new PersonId("slack", "T1", "U1"), Approves: new PersonId("slack", "T1", "U2"));

        head = await Append(head, Note("r1") with { Fact = new Redacted([2], [commitment], [], people.Asks, people.Approves, "a password") });
        await _storage.Streams.RedactAsync(Incident42, [2], new Snapshot<Incident>(new Incident(), head), Token);

        Assert.False(OnDisk(Secret));
        Assert.IsType<Verdict.Intact>(await StreamVerifier.VerifyAsync("acme", Incident42, _storage.Raw, Token));
        Assert.True((await _storage.Streams.ReadAsync(Incident42, 1, 1, Token)).Entries.Single().Redacted);
    }

    [Fact]
    public async Task says_so_while_somebody_who_reads_keeps_a_redacted_text_in_the_log()
    {
        var head = await Append(Head.Empty, Note("c1", "correct-horse-battery-staple"));
        using (var reader = new SqliteConnection($"Data Source={_path};Pooling=False"))
        {
            reader.Open();
            using var reading = reader.BeginTransaction(deferred: true);
            using var look = reader.CreateCommand();
            look.CommandText = "SELECT content FROM entries";
            look.ExecuteScalar();

            await Assert.ThrowsAsync<StoreException>(() => _storage.Streams.RedactAsync(Incident42, [1], new Snapshot<Incident>(new Incident(), head), Token));
        }

        await _storage.Streams.RedactAsync(Incident42, [1], new Snapshot<Incident>(new Incident(), head), Token);
        Assert.False(OnDisk("correct-horse-battery-staple"));
    }

    [Fact]
    public async Task lets_others_write_while_somebody_who_reads_keeps_its_log_from_being_emptied()
    {
        var head = await Append(Head.Empty, Note("c1"));
        using var reader = new SqliteConnection($"Data Source={_path};Pooling=False");
        reader.Open();
        using var reading = reader.BeginTransaction(deferred: true);
        using var look = reader.CreateCommand();
        look.CommandText = "SELECT content FROM entries";
        look.ExecuteScalar();

        var redacting = _storage.Streams.RedactAsync(Incident42, [1], new Snapshot<Incident>(new Incident(), head), Token);
        for (var i = 2; i < 5; i++)
        {
            head = await Append(head, Note($"c{i}"));
        }

        Assert.False(redacting.IsCompleted);
        await Assert.ThrowsAsync<StoreException>(() => redacting);
    }

    [Fact]
    public async Task says_which_entry_it_cannot_read()
    {
        var unknown = new EntryDraft(new Stamp(null, Now, null, Source.Self), "sung", "{}"u8.ToArray(), [], [], new Outcome("sing", 1));
        await _storage.Store.AppendAsync(Incident42, Head.Empty, [unknown], Token);

        var refused = await Assert.ThrowsAsync<StoreException>(() => _storage.Streams.ReadAsync(Incident42, 0, 1, Token));

        Assert.StartsWith("Entry 1 of INC-42", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_of_every_operation_once_it_is_durable()
    {
        var stopped = new List<(string Name, object? Stream)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "ChatOpsIR.Store",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("stream"), "INC-777"))
                {
                    lock (stopped)
                    {
                        stopped.Add((activity.OperationName, activity.GetTagItem("stream")));
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await _storage.Streams.AppendAsync(new StreamId("INC-777"), Head.Empty, [Note("c1")], Token);
        await _storage.Streams.ReadAsync(new StreamId("INC-777"), 0, 1, Token);
        await _storage.Directory.TouchActiveAsync(new IncidentId(777), Token);

        Assert.Equal([("store append", "INC-777"), ("store read", "INC-777"), ("store touch active", "INC-777")], stopped);
    }

    public void Dispose() => _databases.Dispose();

    private async Task<Head> Append(Head expected, params Draft[] drafts) =>
        Assert.IsType<AppendResult.Appended>(await _storage.Streams.AppendAsync(Incident42, expected, drafts, Token)).Head;

    private async Task<int> CountReadOnly()
    {
        using var storage = SqliteStorage.OpenReadOnly(_path);
        return (await storage.Streams.ReadAsync(Incident42, 0, 10, Token)).Entries.Length;
    }

    private static UnixFileMode? Mode(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);

    private bool OnDisk(string text) => Directory.GetFiles(Path.GetDirectoryName(_path)!).Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd().Contains(text, StringComparison.Ordinal);
    });

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
