using System.Globalization;
using System.Text;
using ChatOpsIR.Bot.Tests.Costs;
using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Tests.Timeline;

public sealed class LongRecord : IAsyncLifetime
{
    private const int Many = 100_000;

    public static readonly IncidentId Id = new(1);
    public static readonly PersonId Ada = new("slack", "T1", "U1");
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private static readonly RoomId Room = new("slack", "C1");

    internal SqliteStorage Storage { get; } = SqliteStorage.Open(new SqliteSettings("acme", null));

    public async ValueTask InitializeAsync()
    {
        var streams = Streams(Storage.Streams);
        await streams.Of(Id).SettleAsync(new Order<Incident>(new Stamp(null, Now, Actor.Of(Ada), Source.Live), "test", _ => Decision.Accept(
            new IncidentDeclared("Lights out", Severity.Sev1, false, "slack", "T1", "inc", Ada, DefaultPolicy.Text.Name))), default);
        for (var from = 0; from < Many; from += 5_000)
        {
            await Task.WhenAll(Enumerable.Range(from, 5_000).Select(i => streams.RecordAsync(Id, Message(i), default)));
        }
    }

    internal IncidentStreams Streams(IStreamStore store) =>
        new(store, new IncidentRules(DefaultPolicy.Text, Storage.Directory, new NoReminders(), new Bell()), Execution.Threaded, TimeProvider.System);

    public ValueTask DisposeAsync()
    {
        Storage.Dispose();
        return ValueTask.CompletedTask;
    }

    private static RecordedMessage Message(int i) => new(
        new Stamp(string.Create(CultureInfo.InvariantCulture, $"slack:C1:{i}"), Now, Actor.Of(Ada), Source.Live),
        new ChatRecord(ChatKind.Message, Room, string.Create(CultureInfo.InvariantCulture, $"{i}")) { Author = Actor.Of(Ada), Text = i % 5_000 == 7 ? "The needle" : "Hay" });

    private sealed class NoReminders : IReminders
    {
        public void WakeAt(DateTimeOffset bucket)
        {
        }
    }
}

public sealed class A_timeline_of_a_hundred_thousand_entries(LongRecord record) : IClassFixture<LongRecord>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task shows_its_newest_page_for_three_requests_to_the_store_in_a_fresh_process()
    {
        var meter = new Meter();
        using var body = new Window(_ => { });
        await WriteAsync(meter, "", body, Ct);
        Assert.True(meter.Requests <= 3, meter.ToString());
        Assert.True(meter.EntriesRead <= 300, meter.ToString());
        Assert.Contains("id=\"e100001\"", body.Text, StringComparison.Ordinal);
        Assert.Contains("before=99902", body.Text, StringComparison.Ordinal);
        Assert.Contains("Not checked yet", body.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?before=99902", "id=\"e99901\"")]
    [InlineData("?at=50000", "id=\"e50000\"")]
    public async Task shows_an_older_page_for_four(string query, string shown)
    {
        var meter = new Meter();
        using var body = new Window(_ => { });
        await WriteAsync(meter, query, body, Ct);
        Assert.True(meter.Requests <= 4, meter.ToString());
        Assert.Contains(shown, body.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task sends_what_a_search_finds_before_it_has_read_the_rest()
    {
        var meter = new Meter();
        var readAtFirst = 0;
        using var body = new Window(text => readAtFirst = readAtFirst == 0 && text.Contains("The needle", StringComparison.Ordinal) ? meter.EntriesRead : readAtFirst);
        await WriteAsync(meter, "?q=needle", body, Ct);
        Assert.InRange(readAtFirst, 1, 1_500);
        Assert.Contains("20 entries found", body.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task stops_searching_when_the_reader_goes()
    {
        var meter = new Meter();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var body = new Window(text =>
        {
            if (text.Contains("The needle", StringComparison.Ordinal))
            {
                leaving.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WriteAsync(meter, "?q=needle", body, leaving.Token));
        Assert.InRange(meter.EntriesRead, 1, 2_500);
    }

    [Fact]
    public async Task stops_after_enough_and_says_where_it_goes_on()
    {
        using var body = new Window(_ => { });
        await WriteAsync(new Meter(), "?q=hay", body, Ct);
        Assert.Contains($"{TimelinePage.MostFound} found so far. Go on after entry 502", body.Text, StringComparison.Ordinal);
        Assert.Contains("q=hay&amp;after=502", body.Text, StringComparison.Ordinal);
    }

    private async Task WriteAsync(Meter meter, string query, Window body, CancellationToken reader)
    {
        var storage = record.Storage;
        var store = new MeteredStore(storage.Streams, storage.Raw, meter);
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services, RequestAborted = reader };
        http.Request.QueryString = new QueryString(query);
        http.Response.Body = body;
        var names = new PageNames(new People(storage.Directory, [], TimeProvider.System), TimeProvider.System);
        var seals = new Seals(storage.Raw, Options.Create(new OrganisationOptions { Id = "acme" }), TimeProvider.System);
        var page = new TimelinePage(store, storage.Raw, names, new Casts(store), seals, [], DefaultPolicy.Text, new Drawing(services, NullLoggerFactory.Instance), TimeProvider.System);
        var incident = await record.Streams(store).ReadAsync(LongRecord.Id, reader);
        var pass = new Pass(LongRecord.Ada, DateTimeOffset.MaxValue, IsOver: false);
        await page.WriteAsync(http, new Admitted.Reader(pass, incident), TimelineFilter.Of(http.Request.Query, ReaderZone.Utc), ReaderZone.Utc);
    }

    /// <summary>Sees every piece as it is sent.</summary>
    private sealed class Window(Action<string> sees) : MemoryStream
    {
        public string Text => Encoding.UTF8.GetString(ToArray());

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            sees(Encoding.UTF8.GetString(buffer.Span));
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
