using System.Security.Cryptography;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class The_keyed_hash
{
    private readonly byte[] _key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void is_the_beginning_of_an_HMAC_over_the_parts_with_their_lengths()
    {
        byte[] parts = [0, 0, 0, 2, (byte)'a', (byte)'b', 0, 0, 0, 0, 0, 0, 0, 2, 0xC3, 0xBC];

        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(_key, parts))[..32], new OrganisationKey(_key).Of("ab", "", "ü"));
    }

    [Fact]
    public void tells_apart_what_only_looks_the_same_when_joined()
    {
        var hash = new OrganisationKey(_key);

        Assert.NotEqual(hash.Of("ab", "c"), hash.Of("a", "bc"));
        Assert.NotEqual(hash.Of("ab"), hash.Of("ab", ""));
        Assert.NotEqual(hash.Of("ab"), new OrganisationKey(new byte[32]).Of("ab"));
    }
}
