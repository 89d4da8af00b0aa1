using System.Security.Cryptography;
using System.Text;

namespace ChatOpsIR.Bot.Api;

/// <summary>Who may read over the API.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    private const string PrivateMark = "|private";

    /// <summary>Bearer keys. One that ends in <c>|private</c> may read private incidents too; the mark is no part of the key.</summary>
    public IReadOnlyList<string> Keys { get; set; } = [];

    /// <summary>Null when the header carries no key that is known; else whether it may read private incidents.</summary>
    internal bool? Reads(string? authorization)
    {
        const string scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var given = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[scheme.Length..].Trim()));
        bool? found = null;
        foreach (var key in Keys)
        {
            var isPrivate = key.EndsWith(PrivateMark, StringComparison.Ordinal);
            var secret = isPrivate ? key[..^PrivateMark.Length] : key;
            if (secret.Length > 0 && CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(secret))))
            {
                found = isPrivate;
            }
        }

        return found;
    }
}
