using System.ComponentModel.DataAnnotations;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>Where people reach the pages, under <c>Pages</c>.</summary>
public sealed class PagesOptions : IValidatableObject
{
    public const string Section = "Pages";

    /// <summary>Scheme, host and port as a browser reaches them; null for the first address that the bot listens at.</summary>
    public string? PublicUrl { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(PublicUrl))
        {
            yield break;
        }

        if (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0 || address.PathAndQuery is not "/" || address.Fragment.Length > 0)
        {
            yield return Say($"Pages__PublicUrl is “{PublicUrl}”, which is no address that links can begin with. Give scheme and host alone, such as https://incidents.example.com.");
        }
        else if (address.Scheme is "http" && !address.IsLoopback)
        {
            yield return Say($"Pages__PublicUrl is {PublicUrl}. Links to the timeline open it for whoever holds them, so they must begin with https://; only an address on this machine may use http://.");
        }
    }

    private static ValidationResult Say(string sentence) => new(sentence, [nameof(PublicUrl)]);
}
