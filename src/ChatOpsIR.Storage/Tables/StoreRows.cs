using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Tables;

/// <summary>How partitions and rows are called.</summary>
internal static class StoreRows
{
    /// <summary>The table of the streams. Its rows are inserted and never changed, but for redaction.</summary>
    public const string Record = "ChatOpsIRRecord";

    /// <summary>The table of what can be rebuilt from the streams, and of the organisation's key.</summary>
    public const string Directory = "ChatOpsIRDirectory";

    /// <summary>The service gives no more in one answer.</summary>
    public const int MostPerPage = 1000;

    private const long LatestVersion = 9_999_999_999;
    private const int LongestName = 200;

    public static string Partition(string organisation, string name) => $"{organisation}|{name}";

    public static string Entry(long version) => string.Create(CultureInfo.InvariantCulture, $"e{version:D10}");

    public static string Cause(string key) => $"k{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    public static string Incident(IncidentId incident) => incident.Number.ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>A filter for entries, both ends included.</summary>
    public static string Entries(string partition, long from, long to) => Between(partition, Entry(from), Entry(Math.Min(to, LatestVersion)));

    /// <summary>A filter for a run of rows, both ends included.</summary>
    public static string Between(string partition, string from, string to) => $"{All(partition)} and RowKey ge '{Quoted(from)}' and RowKey le '{Quoted(to)}'";

    /// <summary>A filter for a whole partition.</summary>
    public static string All(string partition) => $"PartitionKey eq '{Quoted(partition)}'";

    /// <summary>A row key for foreign words: what no key may hold is spelt out, and what is too long ends in its hash.</summary>
    public static string Name(string words)
    {
        var name = new StringBuilder(words.Length);
        foreach (var letter in words)
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or '@' or ';' or '=')
            {
                name.Append(letter);
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"!{(int)letter:x4}");
            }
        }

        return name.Length <= LongestName ? name.ToString() : $"{name.ToString(0, LongestName)}!{Cause(words)}";
    }

    private static string Quoted(string key) => key.Replace("'", "''", StringComparison.Ordinal);
}
