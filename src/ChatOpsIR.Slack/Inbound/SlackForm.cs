using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>The form bodies that commands and interactivity come in.</summary>
internal sealed class SlackForm(Dictionary<string, StringValues> fields)
{
    /// <summary>A field's value; null when it is absent or empty.</summary>
    public string? this[string name] => fields.TryGetValue(name, out var values) && values is [{ Length: > 0 } first, ..] ? first : null;

    /// <summary>Null when the body is no form.</summary>
    public static SlackForm? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return new SlackForm(new FormReader(Encoding.UTF8.GetString(body.Span)).ReadForm());
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether this is Slack's probe of the certificate, the one request that carries no signature. It looks for that field and
    /// at nothing else: whoever adds <c>ssl_check=1</c> to a forged request gets an empty answer and no work.
    /// </summary>
    public static bool IsSslCheck(SlackHttpRequest request)
    {
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return false;
        }

        var body = request.Body.Span;
        foreach (var range in body.Split((byte)'&'))
        {
            if (body[range].SequenceEqual("ssl_check=1"u8))
            {
                return true;
            }
        }

        return false;
    }
}
