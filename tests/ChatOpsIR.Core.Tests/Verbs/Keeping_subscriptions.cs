using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Record;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Verbs;

public sealed class The_key_of_one_persons_part
{
    private static readonly EffectKey Whole = new(One.Stream, 7, 1);

    [Fact]
    public void is_read_as_it_was_written()
    {
        Assert.True(EffectKey.TryParse(Whole.For(Grace).ToString(), out var read));
        Assert.Equal(Whole.For(Grace), read);
    }

    [Theory]
    [InlineData("INC-1:7:1:done")]
    [InlineData("INC-1:7:1:")]
    [InlineData("INC-1:7")]
    public void is_not_read_from_what_is_none(string text) => Assert.False(EffectKey.TryParse(text, out _));
}

public sealed class A_book_of_subscriptions
{
    private readonly SubscriptionBook book = new SubscriptionBook()
        .Apply(new Subscribed(Grace, Topic.AndUp(Severity.Sev2))).Apply(new Subscribed(Linus, Topic.Of(One))).Apply(new Subscribed(Grace, Topic.Of(One)));

    [Fact]
    public void keeps_one_severity_for_each() =>
        Assert.Equal([Topic.Of(One), Topic.AndUp(Severity.Sev1)], book.Apply(new Subscribed(Grace, Topic.AndUp(Severity.Sev1))).TopicsOf(Grace));

    [Theory]
    [InlineData(Severity.Sev1, true)]
    [InlineData(Severity.Sev2, true)]
    [InlineData(Severity.Sev3, false)]
    public void knows_whom_an_incident_concerns(Severity severity, bool concerns) =>
        Assert.Equal(concerns, book.SubscribersOf(new Incident { Id = new IncidentId(2), Severity = severity }).Contains(Grace));

    [Fact]
    public void names_each_once() => Assert.Equal([Grace, Linus], book.SubscribersOf(new Incident { Id = One, Severity = Severity.Sev1 }));

    [Fact]
    public void has_nothing_to_add_to_what_is_so() => Assert.Equal(Decision.Nothing, book.Subscribe(Grace, Topic.Of(One)));

    [Fact]
    public void lets_somebody_go_from_everything_at_once()
    {
        var left = Assert.IsType<Decision.Accepted>(book.Unsubscribe(Grace, Topic.Everything)).Facts.Aggregate(book, (now, news) => now.Apply(news.Fact));
        Assert.Equal([new Subscription(Linus, Topic.Of(One))], left.All);
    }
}
