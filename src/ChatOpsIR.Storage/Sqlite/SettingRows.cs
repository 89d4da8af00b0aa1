using System.Text;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>What a database says of itself: whose it is, and the organisation's key, which is in no stream and no export.</summary>
internal static class SettingRows
{
    private const string OrganisationName = "organisation";
    private const string KeyName = "organisation-key";
    private const int KeyLength = 32;

    public static string? Organisation(SqliteSession session) => Find(session, OrganisationName) is { } name ? Encoding.UTF8.GetString(name) : null;

    /// <summary>The organisation is part of every hash, so a database belongs to one for good.</summary>
    public static void Claim(SqliteSession session, string organisation)
    {
        if (Organisation(session) is not { } owner)
        {
            Insert(session, OrganisationName, Encoding.UTF8.GetBytes(organisation));
        }
        else if (owner != organisation)
        {
            throw new StoreException(
                $"The database belongs to the organisation '{owner}', and Organisation__Id says '{organisation}'. " +
                "Set it back, or give another Storage__Path.");
        }
    }

    public static byte[]? FindKey(SqliteSession session) => Find(session, KeyName);

    public static byte[] KeepKey(SqliteSession session, IRandomness randomness)
    {
        if (FindKey(session) is { } known)
        {
            return known;
        }

        var key = new byte[KeyLength];
        randomness.Fill(key);
        Insert(session, KeyName, key);
        return key;
    }

    private static byte[]? Find(SqliteSession session, string name) =>
        session.First("SELECT value FROM settings WHERE name = $name", row => row.Bytes(0), ("$name", name));

    private static void Insert(SqliteSession session, string name, byte[] value) =>
        session.Execute("INSERT INTO settings (name, value) VALUES ($name, $value)", ("$name", name), ("$value", value));
}
