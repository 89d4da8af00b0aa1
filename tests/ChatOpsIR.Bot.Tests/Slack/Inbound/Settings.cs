using System.ComponentModel.DataAnnotations;
using ChatOpsIR.Slack;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class Slack_settings
{
    [Fact]
    public void that_are_absent_are_fine() => Assert.Empty(Complaints(new SlackOptions()));

    [Fact]
    public void that_are_whole_are_fine() => Assert.Empty(Complaints(new SlackOptions { SigningSecret = "s", BotToken = "xoxb-1" }));

    [Fact]
    public void without_a_token_say_so() =>
        Assert.StartsWith("Slack__SigningSecret is set but Slack__BotToken is not.", Complaints(new SlackOptions { SigningSecret = "s" }).Single(), StringComparison.Ordinal);

    [Fact]
    public void without_a_signing_secret_say_so() =>
        Assert.StartsWith("Slack__BotToken is set but Slack__SigningSecret is not.", Complaints(new SlackOptions { BotToken = "t" }).Single(), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://slack.com/api/", true)]
    [InlineData("http://127.0.0.1:5090/api/", true)]
    [InlineData("http://slack.example/api/", false)]
    [InlineData("https://slack.com/api", false)]
    [InlineData("ftp://127.0.0.1/", false)]
    [InlineData("/api/", false)]
    public void name_an_address_that_a_token_may_travel_to(string address, bool fine) =>
        Assert.Equal(fine, Complaints(new SlackOptions { BotToken = "t", SigningSecret = "s", ApiBaseUrl = new Uri(address, UriKind.RelativeOrAbsolute) }).Count == 0);

    [Fact]
    public void with_an_address_alone_say_so() => Assert.StartsWith(
        "Slack__ApiBaseUrl is set but Slack__BotToken and Slack__SigningSecret are not.",
        Complaints(new SlackOptions { ApiBaseUrl = new Uri("https://slack.example/api/") }).Single(),
        StringComparison.Ordinal);

    private static List<string> Complaints(SlackOptions options) =>
        [.. options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage!)];
}
