using System.Globalization;
using System.Reflection;
using System.Text;
using ChatOpsIR.Bot.Reports;
using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Chat;
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

/// <summary>Ada declares, Chatty only talks; the platform counts whom it is asked about.</summary>
public sealed class People_of_a_record : IDisposable
{
    private static readonly IncidentId One = new(1);
    private static readonly PersonId Ada = new("slack", "T1", "UADA");
    private static readonly PersonId Chatty = new("slack", "T1", "UCHATTY");
    private static readonly RoomId Room = new("slack", "C1");
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private readonly SqliteStorage storage = SqliteStorage.Open(new SqliteSettings("acme", null));
    private readonly AskedPlatform platform;
    private readonly IncidentStreams streams;
    private readonly People people;
    private readonly PageNames names;
    private readonly Casts casts;

    public People_of_a_record()
    {
        var asked = DispatchProxy.Create<IChatPlatform, AskedPlatform>();
        platform = (AskedPlatform)(object)asked;
        people = new People(storage.Directory, [asked], TimeProvider.System);
        names = new PageNames(people, TimeProvider.System);
        casts = new Casts(storage.Streams);
        streams = new IncidentStreams(storage.Streams, new IncidentRules(DefaultPolicy.Text, storage.Directory, new NoReminders(), new Bell()), Execution.Threaded, TimeProvider.System);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3)]
    [InlineData(1_200)]
    public async Task are_the_only_ones_the_platform_is_asked_about(int messages)
    {
        await RecordAsync(messages);
        var invented = string.Join('&', Enumerable.Range(0, 99).Select(i => string.Create(CultureInfo.InvariantCulture, $"by=slack:T1:UFAKE{i}")));
        var page = await ReadAsync($"?{invented}");
        Assert.DoesNotContain(platform.AskedAbout, person => person.User.StartsWith("UFAKE", StringComparison.Ordinal));
        Assert.Contains("99 of those asked for did and said nothing in this record, and are left out.", page, StringComparison.Ordinal);
        Assert.Contains("Nobody asked for is in it.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1_200)]
    public async Task are_found_beside_those_who_are_in_none(int messages)
    {
        await RecordAsync(messages);
        var page = await ReadAsync($"?by={Chatty}&by=slack:T1:UFAKE&by=nonsense");
        Assert.Contains("2 of those asked for", page, StringComparison.Ordinal);
        Assert.Contains("Hay 0", page, StringComparison.Ordinal);
        Assert.DoesNotContain("declared the incident", page, StringComparison.Ordinal);
        Assert.DoesNotContain(platform.AskedAbout, person => person.User == "UFAKE");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=Lights")]
    [InlineData("?show=facts")]
    [InlineData("?by=slack:T1:UADA")]
    public async Task can_be_chosen_though_they_only_talked(string query)
    {
        await RecordAsync(messages: 3, then: 120);
        var page = await ReadAsync(query);
        Assert.Contains($"value=\"{Chatty}\"", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Chatty Full</bdi>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task are_chosen_still_when_the_page_comes_back()
    {
        await RecordAsync(messages: 3, then: 1_000);
        Assert.Contains($"value=\"{Chatty}\" checked", await ReadAsync($"?by={Chatty}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task bear_their_full_names_beside_those_in_chat()
    {
        await RecordAsync(messages: 3);
        var page = await ReadAsync("");
        Assert.Contains("<strong><bdi>Chatty Full</bdi></strong>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi class=\"chat-name\">chatty</bdi>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=Who")]
    public async Task are_named_beside_a_crowd_of_strangers_who_keep_their_ids(string query)
    {
        await RecordAsync(messages: 3);
        await streams.RecordAsync(One, Message(9, Chatty, $"Who is {Crowd}?"), Ct);
        var page = await ReadAsync(query);
        Assert.Contains("UFAKE199", page, StringComparison.Ordinal);
        Assert.Contains("Some people are shown by their id in chat", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Chatty Full</bdi>", page, StringComparison.Ordinal);
        Assert.InRange(platform.AskedAbout.Count, 1, 60);
    }

    [Theory]
    [InlineData("markdown")]
    [InlineData("html")]
    public async Task are_named_in_a_report_beside_a_crowd_of_strangers_who_keep_their_ids(string format)
    {
        await RecordAsync(messages: 0);
        await streams.RecordAsync(One, Message(9, Ada, $"Who is {Crowd}?"), Ct);
        await streams.RecordAsync(One, Message(10, Chatty, $"Not {Crowd}"), Ct);
        var report = await ReportAsync(format);
        Assert.Contains("UFAKE199", report, StringComparison.Ordinal);
        Assert.Contains("Some people are shown by their id in chat", report, StringComparison.Ordinal);
        Assert.Contains("Chatty Full", report, StringComparison.Ordinal);
        Assert.InRange(platform.AskedAbout.Count, 1, 60);
        Assert.Equal(platform.AskedAbout.Distinct(), platform.AskedAbout);
    }

    [Fact]
    public async Task are_all_named_in_a_report_that_says_nothing_of_ids()
    {
        await RecordAsync(messages: 3);
        Assert.DoesNotContain("shown by their id", await ReportAsync("markdown") + await ReportAsync("html") + await ReadAsync(""), StringComparison.Ordinal);
    }

    public void Dispose() => storage.Dispose();

    private static string Crowd => string.Join(' ', Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"@UFAKE{i}")));

    private async Task<string> ReportAsync(string format)
    {
        using var body = new MemoryStream();
        var report = new Report(await streams.ReadAsync(One, Ct), "00", storage.Streams, new ReportNames(people), (IChatPlatform)(object)platform, DefaultPolicy.Text);
        await (format == "html" ? HtmlReport.WriteAsync(report, body, Ct) : MarkdownReport.WriteAsync(report, body, Ct));
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private async Task RecordAsync(int messages, int then = 0)
    {
        await streams.Of(One).SettleAsync(new Order<Incident>(new Stamp(null, Now, Actor.Of(Ada), Source.Live), "test", _ => Decision.Accept(
            new IncidentDeclared("Lights out", Severity.Sev1, false, "slack", "T1", "inc", Ada, DefaultPolicy.Text.Name))), Ct);
        await Task.WhenAll(Enumerable.Range(0, messages).Select(i => streams.RecordAsync(One, Message(i, Chatty), Ct)));
        await Task.WhenAll(Enumerable.Range(messages, then).Select(i => streams.RecordAsync(One, Message(i, Ada), Ct)));
    }

    private static RecordedMessage Message(int i, PersonId author, string? text = null) => new(
        new Stamp(string.Create(CultureInfo.InvariantCulture, $"slack:C1:{i}"), Now, Actor.Of(author), Source.Live),
        new ChatRecord(ChatKind.Message, Room, string.Create(CultureInfo.InvariantCulture, $"{i}")) { Author = Actor.Of(author), Text = text ?? string.Create(CultureInfo.InvariantCulture, $"Hay {i}") });

    private async Task<string> ReadAsync(string query)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.QueryString = new QueryString(query);
        http.Response.Body = body;
        var seals = new Seals(storage.Raw, Options.Create(new OrganisationOptions { Id = "acme" }), TimeProvider.System);
        var page = new TimelinePage(
            storage.Streams, storage.Raw, names, casts, seals, [(IChatPlatform)(object)platform], DefaultPolicy.Text, new Drawing(services, NullLoggerFactory.Instance), TimeProvider.System);
        var pass = new Pass(Ada, DateTimeOffset.MaxValue, IsOver: false);
        await page.WriteAsync(http, new Admitted.Reader(pass, await streams.ReadAsync(One, Ct)), TimelineFilter.Of(http.Request.Query, ReaderZone.Utc), ReaderZone.Utc);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private sealed class NoReminders : IReminders
    {
        public void WakeAt(DateTimeOffset bucket)
        {
        }
    }
}

/// <summary>A chat product that says who people are, whom a text mentions, and nothing else. It knows nobody whose id says that it is invented.</summary>
public class AskedPlatform : DispatchProxy
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<PersonId> asked = [];

    public IReadOnlyCollection<PersonId> AskedAbout => asked;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == $"get_{nameof(IChatPlatform.Name)}")
        {
            return "slack";
        }

        if (targetMethod.Name == nameof(IChatPlatform.ReadText))
        {
            return new Words([.. ((string)args![0]!).Split(' ').Select(word => word is ['@', ..] ? (Span)new Mention(new PersonId("slack", "T1", word[1..].TrimEnd('?'))) : new Plain($" {word}"))]);
        }

        var id = (PersonId)args![0]!;
        asked.Enqueue(id);
        if (id.User.StartsWith("UFAKE", StringComparison.Ordinal))
        {
            return Task.FromResult<Person?>(null);
        }

        var name = id.User[1..].ToLowerInvariant();
        return Task.FromResult<Person?>(new Person(id, name, null, PersonKind.Member) { FullName = $"{char.ToUpperInvariant(name[0])}{name[1..]} Full" });
    }
}
