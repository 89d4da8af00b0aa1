using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Timeline;

public sealed class A_personal_link : IDisposable
{
    private static readonly IncidentId One = new(1);
    private static readonly IncidentId Two = new(2);
    private static readonly PersonId Mara = new("slack", "T1", "U1");

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero));
    private readonly SqliteStorage storage = SqliteStorage.Open(new SqliteSettings("acme", null));

    [Fact]
    public void opens_its_incident_for_its_person()
    {
        var links = Links();
        var pass = links.OpenLink(One, TokenOf(links.For(One, Mara)));
        Assert.Equal((Mara, false), (pass!.Person, pass.IsOver));
    }

    [Fact]
    public void opens_no_other_incident_and_is_no_pages_cookie()
    {
        var links = Links();
        var token = TokenOf(links.For(One, Mara));
        Assert.Null(links.OpenLink(Two, token));
        Assert.Null(links.OpenTicket(One, token));
        Assert.Null(links.OpenLink(One, links.Ticket(One, Mara)));
    }

    [Fact]
    public void is_over_after_fifteen_minutes_and_the_page_after_a_shift()
    {
        var links = Links();
        var (token, ticket) = (TokenOf(links.For(One, Mara)), links.Ticket(One, Mara));
        clock.Advance(TimeSpan.FromMinutes(14.9));
        Assert.False(links.OpenLink(One, token)!.IsOver);
        clock.Advance(TimeSpan.FromMinutes(0.2));
        Assert.True(links.OpenLink(One, token)!.IsOver);
        Assert.False(links.OpenTicket(One, ticket)!.IsOver);
        clock.Advance(TimeSpan.FromHours(8));
        Assert.True(links.OpenTicket(One, ticket)!.IsOver);
    }

    [Fact]
    public void does_not_open_when_any_letter_of_it_is_changed()
    {
        var links = Links();
        var token = TokenOf(links.For(One, Mara));

        // The last letter of each part carries bits that no byte takes up.
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            var opened = links.OpenLink(One, changed);
            Assert.True(opened is null || opened == links.OpenLink(One, token), changed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.b.c")]
    [InlineData("%%%.%%%")]
    [InlineData("MTIz.")]
    public void is_nothing_when_it_is_none(string token) => Assert.Null(Links().OpenLink(One, token));

    [Fact]
    public void of_another_organisation_does_not_open()
    {
        using var other = SqliteStorage.Open(new SqliteSettings("acme", null));
        var theirs = new PersonalLinks(other.Hash, Options.Create(new PagesOptions()), new ConfigurationBuilder().Build(), clock);
        Assert.Null(Links().OpenLink(One, TokenOf(theirs.For(One, Mara))));
    }

    [Theory]
    [InlineData("https://incidents.example.com", null, "https://incidents.example.com/incidents/INC-1")]
    [InlineData(null, "http://127.0.0.1:7000;http://127.0.0.1:7001", "http://127.0.0.1:7000/incidents/INC-1")]
    [InlineData(null, "http://*:8080", "http://localhost:8080/incidents/INC-1")]
    [InlineData(null, "http://[::]:8080", "http://localhost:8080/incidents/INC-1")]
    [InlineData(null, null, "http://127.0.0.1:5080/incidents/INC-1")]
    public void begins_with_the_public_address(string? given, string? listens, string expected) =>
        Assert.Equal(expected, Links(given, listens).For(One, Mara).GetLeftPart(UriPartial.Path));

    [Theory]
    [InlineData("incidents.example.com")]
    [InlineData("https://incidents.example.com/chat")]
    [InlineData("https://incidents.example.com?a=b")]
    [InlineData("https://me@incidents.example.com")]
    [InlineData("ftp://incidents.example.com")]
    [InlineData("http://incidents.example.com")]
    public void needs_a_public_address_that_a_browser_can_trust(string given) =>
        Assert.Single(new PagesOptions { PublicUrl = given }.Validate(new(this)));

    public void Dispose() => storage.Dispose();

    private PersonalLinks Links(string? given = null, string? listens = null) => new(
        storage.Hash,
        Options.Create(new PagesOptions { PublicUrl = given }),
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = listens }).Build(),
        clock);

    private static string TokenOf(Uri link) => QueryHelpers.ParseQuery(link.Query)[PersonalLinks.Parameter].ToString();
}
