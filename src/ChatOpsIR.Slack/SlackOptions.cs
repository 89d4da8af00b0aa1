using System.ComponentModel.DataAnnotations;

namespace ChatOpsIR.Slack;

/// <summary>The settings of the Slack app, under <c>Slack</c>.</summary>
public sealed class SlackOptions : IValidatableObject
{
    public const string Section = "Slack";

    private static readonly Uri Slacks = new("https://slack.com/api/");

    /// <summary>What Slack signs its requests with.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>Still accepted while a new signing secret is rolled out.</summary>
    public string? PreviousSigningSecret { get; set; }

    public string? BotToken { get; set; }

    /// <summary>Where the Web API lives; ends in a slash.</summary>
    public Uri ApiBaseUrl { get; set; } = Slacks;

    public string? AppId { get; set; }

    /// <summary>Id or name of the channel for public announcements.</summary>
    public string? AnnounceChannel { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Given(SigningSecret) && !Given(BotToken))
        {
            yield return Say(
                "Slack__SigningSecret is set but Slack__BotToken is not. " +
                "Set it to the bot token (xoxb-...) of the installed app.",
                nameof(BotToken));
        }

        if (Given(BotToken) && !Given(SigningSecret))
        {
            yield return Say(
                "Slack__BotToken is set but Slack__SigningSecret is not. " +
                "Without it nobody could tell Slack's requests from forged ones; copy it from the app's Basic Information page.",
                nameof(SigningSecret));
        }

        if (Given(PreviousSigningSecret) && !Given(SigningSecret))
        {
            yield return Say(
                "Slack__PreviousSigningSecret is set but Slack__SigningSecret is not. " +
                "Set the current one, or remove the previous one.",
                nameof(PreviousSigningSecret));
        }

        if (!ApiBaseUrl.IsAbsoluteUri || !ApiBaseUrl.AbsolutePath.EndsWith('/') || ApiBaseUrl.Query.Length > 0)
        {
            yield return Say("Slack__ApiBaseUrl must be a whole address that ends in a slash, such as https://slack.com/api/.", nameof(ApiBaseUrl));
        }
        else if (ApiBaseUrl.Scheme != Uri.UriSchemeHttps && !(ApiBaseUrl.Scheme == Uri.UriSchemeHttp && ApiBaseUrl.IsLoopback))
        {
            yield return Say(
                "Slack__ApiBaseUrl must begin with https://, since the bot token travels there. " +
                "Only an address on this machine may use http://.",
                nameof(ApiBaseUrl));
        }
        else if (ApiBaseUrl != Slacks && !Given(BotToken) && !Given(SigningSecret))
        {
            yield return Say("Slack__ApiBaseUrl is set but Slack__BotToken and Slack__SigningSecret are not. Set them, or take the address away.", nameof(ApiBaseUrl));
        }
    }

    private static bool Given(string? setting) => !string.IsNullOrWhiteSpace(setting);

    private static ValidationResult Say(string sentence, string setting) => new(sentence, [setting]);
}
