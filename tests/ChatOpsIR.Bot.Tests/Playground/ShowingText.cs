using System.Net;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Slack.Outbound;
using Shown = ChatOpsIR.Playground.Pages.Mrkdwn;

namespace ChatOpsIR.Bot.Tests.Playground;

/// <summary>What the bot sends, as the page shows it.</summary>
public sealed partial class Text_on_the_page
{
    private readonly Playing play = new();

    [Theory]
    [InlineData("a **b** *c* _d_ ~e~ `f`")]
    [InlineData("**all** of it")]
    [InlineData("db_main and *.log")]
    [InlineData("> quoted <b>x</b> & co")]
    public void of_somebody_elses_is_what_they_typed(string typed) => Assert.Equal(typed, Visible(Words.Of(typed)));

    [Fact]
    public void ends_its_strong_words_where_they_end()
    {
        var html = Html(Words.Of(new Strong("Not done: "), "The channel is archived. ", new Strong("Not told: "), new Strong("Update"), " by nobody"));

        Assert.Equal(["Not done:", "Not told:", "Update"], Strongs().Matches(html).Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("*", html, StringComparison.Ordinal);
    }

    [Fact]
    public void of_a_topic_is_shown_without_its_escapes() =>
        Assert.Equal("&lt;b&gt;x&lt;/b&gt; &amp; co", Shown.Line(Mrkdwn.Escape("<b>x</b> & co")).Value);

    private string Html(Words words) => Shown.Render(string.Concat(Mrkdwn.Pieces(words)), play.Workspace.Look()).Value;

    private string Visible(Words words) => WebUtility.HtmlDecode(Tags().Replace(Html(words), "")).Replace("\u200b", "", StringComparison.Ordinal);

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex("<strong>([^<]+)</strong>")]
    private static partial Regex Strongs();
}
