using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Azure.Data.Tables;

namespace ChatOpsIR.Storage.Tables;

/// <summary>
/// What Azure Tables refuses, looked at before anything is sent (Microsoft's page "Understanding the Table service data model" and its
/// page on entity group transactions). The emulator takes much of it, so a test on the emulator proves nothing here.
/// </summary>
internal static class EntityGuard
{
    private const int MostRows = 100;
    private const long MostBatchBytes = 4 * 1024 * 1024;
    private const int MostEntityBytes = 1024 * 1024;
    private const int MostPropertyBytes = 64 * 1024;
    private const int MostProperties = 252;
    private const int MostNameLength = 255;
    private const int MostKeyLength = 512;
    private const int EarliestYear = 1601;

    // What Azure counts towards a row's size beside what is in it.
    private const int EntityOverhead = 4;
    private const int PropertyOverhead = 8;
    private const int LengthOverhead = 4;

    /// <summary>The request around a row: its address, headers and brackets.</summary>
    private const int RowOverhead = 512;

    private static readonly string[] System = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];

    /// <exception cref="ArgumentException">Azure Tables would refuse it; says why.</exception>
    public static void Check(TableEntity entity)
    {
        CheckKey(entity.PartitionKey);
        CheckKey(entity.RowKey);
        var own = entity.Where(property => !System.Contains(property.Key)).ToList();
        if (own.Count > MostProperties)
        {
            throw Refused(entity, $"has {own.Count} properties; at most {MostProperties} are possible");
        }

        foreach (var (name, value) in own)
        {
            CheckName(entity, name);
            CheckValue(entity, name, value);
        }

        var bytes = EntityOverhead + (2L * (entity.PartitionKey.Length + entity.RowKey.Length)) +
            own.Sum(property => PropertyOverhead + (2L * property.Key.Length) + Size(property.Value) + (property.Value is string or byte[] or BinaryData ? LengthOverhead : 0));
        if (bytes > MostEntityBytes)
        {
            throw Refused(entity, $"has {bytes} bytes; at most {MostEntityBytes} are possible");
        }
    }

    /// <summary>As <see cref="Check"/> for each, and for all of them as one transaction.</summary>
    public static void CheckTransaction(IReadOnlyCollection<TableEntity> entities)
    {
        if (entities.Count is 0 or > MostRows)
        {
            throw new ArgumentException($"A transaction of {entities.Count} rows is not possible: 1 to {MostRows} are.", nameof(entities));
        }

        if (entities.Select(entity => entity.PartitionKey).Distinct().Count() > 1)
        {
            throw new ArgumentException("A transaction is possible within one partition only.", nameof(entities));
        }

        if (entities.Select(entity => entity.RowKey).Distinct().Count() < entities.Count)
        {
            throw new ArgumentException("A transaction may name each row once.", nameof(entities));
        }

        foreach (var entity in entities)
        {
            Check(entity);
        }

        var bytes = entities.Sum(Encoded);
        if (bytes >= MostBatchBytes)
        {
            throw new ArgumentException($"A transaction of {bytes} bytes is not possible: it has to stay below {MostBatchBytes}.", nameof(entities));
        }
    }

    private static void CheckKey(string key)
    {
        if (key.Length > MostKeyLength)
        {
            throw new ArgumentException($"A key of {key.Length} characters is not possible: at most {MostKeyLength} are.");
        }

        if (!IsWhole(key))
        {
            throw new ArgumentException($"The key '{key}' holds half a surrogate pair, which would come back as something else.");
        }

        foreach (var letter in key.Where(letter => letter is '/' or '\\' or '#' or '?' || char.IsControl(letter)))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The key '{key}' holds the character U+{(int)letter:X4}, which no key may."));
        }
    }

    private static void CheckName(TableEntity entity, string name)
    {
        if (name.Length > MostNameLength || !(char.IsLetter(name[0]) || name[0] is '_') || !name.All(letter => char.IsLetterOrDigit(letter) || letter is '_'))
        {
            throw Refused(entity, $"has a property '{name}', which is no name for one");
        }
    }

    private static void CheckValue(TableEntity entity, string name, object? value)
    {
        if (value is string or byte[] or BinaryData && Size(value) > MostPropertyBytes)
        {
            throw Refused(entity, $"has {Size(value)} bytes in '{name}'; at most {MostPropertyBytes} are possible");
        }

        if (value is string text && !IsWhole(text))
        {
            throw Refused(entity, $"has half a surrogate pair in '{name}', which would come back as something else");
        }

        if ((value as DateTimeOffset?)?.UtcDateTime.Year < EarliestYear || (value as DateTime?)?.Year < EarliestYear)
        {
            throw Refused(entity, $"has a date before the year {EarliestYear} in '{name}'");
        }

        if (value is not (null or string or byte[] or BinaryData or bool or int or long or double or Guid or DateTime or DateTimeOffset))
        {
            throw Refused(entity, $"has a {value.GetType().Name} in '{name}', which no property can hold");
        }
    }

    // Text travels as UTF-8, which knows no halves.
    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) is not OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    private static long Size(object? value) => value switch
    {
        string text => 2L * text.Length,
        byte[] bytes => bytes.Length,
        BinaryData data => data.ToMemory().Length,
        _ => 16,
    };

    /// <summary>Binary travels as base64; text as JSON, in which whatever is not plain is written as six characters.</summary>
    private static long Encoded(TableEntity entity) => RowOverhead + 2L * (entity.PartitionKey.Length + entity.RowKey.Length) + entity.Sum(property => property.Key.Length + 32L + property.Value switch
    {
        string text => JavaScriptEncoder.Default.Encode(text).Length,
        byte[] or BinaryData => (Size(property.Value) + 2) / 3 * 4,
        _ => 40,
    });

    private static ArgumentException Refused(TableEntity entity, string why) => new($"The row '{entity.RowKey}' {why}.");
}
