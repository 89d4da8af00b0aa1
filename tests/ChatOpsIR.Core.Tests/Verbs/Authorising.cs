using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using static ChatOpsIR.Core.Tests.Scenario;

namespace ChatOpsIR.Core.Tests.Verbs;

public class Who_may_do_what
{
    private static readonly PersonId Declarer = Ada;
    private static readonly PersonId Manager = Ada with { User = "MANAGER" };
    private static readonly PersonId Scribe = Ada with { User = "SCRIBE" };
    private static readonly PersonId Bystander = Ada with { User = "BYSTANDER" };

    private static readonly Incident Incident = Given(
        Declared(), new RoleAccepted(RoleId.Manager, Manager, Replaces: true), new RoleAccepted(RoleId.Scribe, Scribe, Replaces: true)).Incident;

    // verb, then: the declarer, the manager, somebody with another role, a bystander
    public static TheoryData<string, string?, string?, string?, string?> Matrix => new()
    {
        { "status", null, null, null, null },
        { "who", null, null, null, null },
        { "catchup", null, null, null, null },
        { "subscribe", null, null, null, null },
        { "unsubscribe", null, null, null, null },
        { "note", null, null, null, null },
        { "role", null, null, null, null },
        { "accept", null, null, null, null },
        { "invite", null, null, null, null },
        { "impact", null, null, null, "no-role" },
        { "decide", null, null, null, "no-role" },
        { "handover", null, null, null, "no-role" },
        { "severity", null, null, null, "no-role" },
        { "update", null, null, null, "no-role" },
        { "snooze", null, null, null, "no-role" },
        { "resolve", null, null, null, "no-role" },
        { "reopen", null, null, null, "no-role" },
        { "close", "not-in-charge", null, "not-in-charge", "not-in-charge" },
        { "release", "not-in-charge", null, "not-in-charge", "not-in-charge" },
        { "approve", "not-allowed", "not-allowed", "not-allowed", "not-allowed" },
        { "publish", "not-allowed", "not-allowed", "not-allowed", "not-allowed" },
        { "redact", "not-allowed", "not-allowed", "not-allowed", "not-allowed" },
        { "override", "not-allowed", "not-allowed", "not-allowed", "not-allowed" },
        { "hold", "not-allowed", "not-allowed", "not-allowed", "not-allowed" },
        { "timeline", null, null, null, null },
        { "anything else", "not-allowed", "not-allowed", "not-allowed", "not-allowed" },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public void is_one_table(string verb, string? declarer, string? manager, string? scribe, string? bystander) =>
        Assert.Equal([declarer, manager, scribe, bystander], new[] { Declarer, Manager, Scribe, Bystander }.Select(person => Refuses(person, verb)?.Code));

    [Fact]
    public void has_a_line_for_every_verb_about_an_incident() =>
        Assert.Empty(VerbList.All.Where(verb => verb.NeedsIncident).Select(verb => verb.Name).Except(Matrix.Select(row => row.Data.Item1)));

    [Fact]
    public void lets_the_declarer_close_while_nobody_manages() =>
        Assert.Null(Authorisation.Refuses(Ada, Resolved(Ada), "close", Given(Declared() with { Manager = null }).Incident));

    [Fact]
    public void keeps_the_circle_of_a_private_incident_to_those_who_widen_it_from_within()
    {
        var secret = Given(Declared(isPrivate: true), new RoleAccepted(RoleId.Scribe, Scribe, Replaces: true)).Incident;
        Assert.Equal("no-role", Authorisation.Refuses(Bystander, Resolved(Bystander), "invite", secret)?.Code);
        Assert.Null(Authorisation.Refuses(Scribe, Resolved(Scribe), "invite", secret));
    }

    [Theory]
    [InlineData("close")]
    [InlineData("release")]
    public void needs_a_person_whom_the_platform_vouches_for(string verb)
    {
        Assert.Equal("unresolved", Authorisation.Refuses(Manager, null, verb, Incident)?.Code);
        Assert.Equal("unresolved", Authorisation.Refuses(Manager, Resolved(Manager) with { Email = null }, verb, Incident)?.Code);
    }

    [Theory]
    [InlineData(PersonKind.Guest, "guest")]
    [InlineData(PersonKind.Bot, "bot")]
    [InlineData(PersonKind.Foreign, "foreign")]
    [InlineData(PersonKind.Member, null)]
    public void is_asked_of_members_only(PersonKind kind, string? refusal) => Assert.Equal(refusal, Authorisation.Kind(kind)?.Code);

    private static Refusal? Refuses(PersonId person, string verb) => Authorisation.Refuses(person, Resolved(person), verb, Incident);

    private static Person Resolved(PersonId person) => new(person, person.User, $"{person.User}@example.org", PersonKind.Member);
}

public class Every_refusal
{
    public static TheoryData<string> Codes => [.. All().Select(why => why.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void says_what_to_do_instead(string code)
    {
        var why = All().Single(one => one.Code == code);
        Assert.EndsWith(".", why.Sentence.TrimEnd('`'), StringComparison.Ordinal);
        Assert.Matches("`/incident [a-z]+[^`]*`", why.Sentence);
    }

    private static IEnumerable<Refusal> All() =>
    [
        .. typeof(Because).GetFields().Select(field => (Refusal)field.GetValue(null)!),
        .. new[] { PersonKind.Guest, PersonKind.Bot, PersonKind.Foreign, PersonKind.Unknown }.Select(kind => Authorisation.Kind(kind)!),
        .. new[] { PersonKind.Guest, PersonKind.Bot, PersonKind.Foreign, PersonKind.Unknown }
            .Select(kind => Authorisation.TakingPart(new Person(Grace, "grace", null, kind), "grace", isPrivate: false)!),
        Authorisation.TakingPart(null, "grace", isPrivate: true)! with { Code = "nobody-vouches-for-grace" },
        Authorisation.WhileNobodyVouches(Grace, "note", Given(Declared()).Incident)!,
        Authorisation.Refuses(Grace, null, "approve", Given(Declared()).Incident)!,
        Authorisation.Refuses(Grace, null, "close", Given(Declared()).Incident)!,
        Authorisation.Refuses(Grace, null, "update", Given(Declared()).Incident)!,
        Authorisation.Refuses(Grace, new Person(Grace, "grace", "g@example.org", PersonKind.Member), "close", Given(Declared()).Incident)!,
    ];
}
