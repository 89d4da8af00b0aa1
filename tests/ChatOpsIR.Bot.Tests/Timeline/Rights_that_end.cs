using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Slack.Outbound;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Tests.Timeline;

public sealed class Rights_that_end : IDisposable
{
    private static readonly IncidentId One = new(1);
    private static readonly PersonId Ada = new("slack", "T1", "U1");
    private static readonly PersonId Grace = new("slack", "T1", "U2");
    private static readonly PersonId Linus = new("slack", "T1", "U3");

    private readonly SqliteStorage storage = SqliteStorage.Open(new SqliteSettings("acme", null));
    private readonly IncidentStreams streams;
    private readonly PersonalLinks links;
    private readonly Admission admission;

    public Rights_that_end()
    {
        streams = new IncidentStreams(storage.Streams, new IncidentRules(DefaultPolicy.Text, storage.Directory, new NoReminders(), new Bell()), Execution.Threaded, TimeProvider.System);
        links = new PersonalLinks(storage.Hash, Options.Create(new PagesOptions()), new ConfigurationBuilder().Build(), TimeProvider.System);
        admission = new Admission(links, streams, new PageNames(new People(storage.Directory, [], TimeProvider.System), TimeProvider.System));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task end_the_page_at_the_next_request()
    {
        await DeclareAsync(isPrivate: true);
        await AddAsync(new RoleAccepted(RoleId.Communications, Grace, Replaces: true));
        await KnowAsync(Grace, PersonKind.Member);
        Assert.IsType<Admitted.Reader>(await VisitAsync(Grace));

        await AddAsync(new RoleAccepted(RoleId.Communications, Linus, Replaces: true));
        Assert.IsType<Admitted.NotThere>(await VisitAsync(Grace));
    }

    [Theory]
    [InlineData(PersonKind.Guest)]
    [InlineData(PersonKind.Bot)]
    [InlineData(PersonKind.Foreign)]
    [InlineData(PersonKind.Unknown)]
    public async Task end_with_the_account(PersonKind kind)
    {
        await DeclareAsync(isPrivate: false);
        await KnowAsync(Grace, kind);
        Assert.IsType<Admitted.NotThere>(await VisitAsync(Grace));
    }

    [Fact]
    public async Task tell_no_incident_that_never_was_from_one_that_is_hidden()
    {
        await KnowAsync(Grace, PersonKind.Member);
        var never = await VisitAsync(Grace);
        await DeclareAsync(isPrivate: true);
        Assert.Equal(never, await VisitAsync(Grace));
    }

    [Fact]
    public void have_a_button_in_chat_that_says_nothing_when_it_is_pressed()
    {
        var card = Card.Of("Timeline", new OpenLink("Open the timeline", links.For(One, Ada)));
        var button = BlockKit.Message(card)["blocks"]![0]!["elements"]![0]!;
        Assert.Equal(("button", "Open the timeline"), ((string)button["type"]!, (string)button["text"]!["text"]!));
        Assert.StartsWith("http://127.0.0.1:5080/incidents/INC-1?key=", (string)button["url"]!, StringComparison.Ordinal);
        Assert.Null(button["value"]);
    }

    public void Dispose() => storage.Dispose();

    private Task<Admitted> VisitAsync(PersonId person)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = $"{Admission.Cookie}={links.Ticket(One, person)}";
        return admission.AdmitAsync(http, One, Ct);
    }

    private Task<Settled<Incident>> DeclareAsync(bool isPrivate) => AddAsync(new IncidentDeclared("Payroll data leaked", Severity.Sev1, isPrivate, "slack", "T1", "amber-heron", Ada, DefaultPolicy.Text.Name));

    private Task<Settled<Incident>> AddAsync(Fact fact) => streams.Of(One).SettleAsync(
        new Order<Incident>(new Stamp(null, TimeProvider.System.GetUtcNow(), Actor.Of(Ada), Source.Live), "test", _ => Decision.Accept(fact)), Ct);

    private Task KnowAsync(PersonId person, PersonKind kind) => storage.Directory.PutPersonAsync(new Person(person, "Grace", null, kind), Ct);

    private sealed class NoReminders : IReminders
    {
        public void WakeAt(DateTimeOffset bucket)
        {
        }
    }
}
