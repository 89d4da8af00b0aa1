using System.Text.Json;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Export;

/// <summary>
/// Verifies the entries and the head of an export offline, trusting nobody: every hash is computed again. What an export tells of the
/// incident beside its entries is for readers and covered by no hash: it is compared with what the entries come to.
/// </summary>
public sealed class ExportVerifier
{
    private const int MostNames = 32;

    private readonly JsonFeed _feed;
    private readonly Dictionary<string, string> _texts = [];
    private readonly IExportSummary? _folded;
    private JsonElement? _incident;
    private ToldIncident? _told;
    private ChainVerifier? _chain;
    private (long Version, byte[] Hash)? _head;

    private ExportVerifier(Stream export, IExportSummary? folded) => (_feed, _folded) = (new JsonFeed(export), folded);

    /// <summary>Verifies all that can be verified without knowing the rules.</summary>
    public static Task<Verdict> VerifyAsync(Stream export, CancellationToken cancellationToken) => VerifyAsync(export, folded: null, cancellationToken);

    public static async Task<Verdict> VerifyAsync(Stream export, IExportSummary? folded, CancellationToken cancellationToken)
    {
        try
        {
            return await new ExportVerifier(export, folded).RunAsync(cancellationToken);
        }
        catch (JsonException unreadable)
        {
            return new Verdict.Unreadable($"This is no complete JSON. {unreadable.Message}");
        }
        catch (InvalidOperationException unreadable)
        {
            return new Verdict.Unreadable($"This is no export. {unreadable.Message}");
        }
        catch (UnreadableException unreadable)
        {
            return new Verdict.Unreadable(unreadable.Message);
        }
    }

    private async Task<Verdict> RunAsync(CancellationToken cancellationToken)
    {
        if ((await _feed.NextAsync(cancellationToken)).Type != JsonTokenType.StartObject)
        {
            throw new UnreadableException("This is no export: it is no JSON object.");
        }

        var seen = new HashSet<string>();
        while (await _feed.NextAsync(cancellationToken) is (JsonTokenType.PropertyName, { } name))
        {
            if (seen.Count == MostNames)
            {
                throw new UnreadableException("This is no export: it has too many parts.");
            }

            if (!seen.Add(name))
            {
                throw new UnreadableException($"The export says '{name}' twice.");
            }

            if (await ReadAsync(name, cancellationToken) is { } broken)
            {
                return broken;
            }
        }

        // Anything behind the object makes this throw.
        await _feed.NextAsync(cancellationToken);
        return Conclude();
    }

    private async Task<Verdict.Broken?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "format" or "organisation" or "stream":
                _texts[name] = Text(name, await _feed.ValueAsync(cancellationToken));
                CheckFormat();
                return null;
            case "incident":
                _incident = ReadIncident(await _feed.ValueAsync(cancellationToken));
                return null;
            case "entries":
                return await ReadEntriesAsync(cancellationToken);
            case "head":
                _head = ReadHead(await _feed.ValueAsync(cancellationToken));
                return null;
            default:
                await _feed.ValueAsync(cancellationToken);
                return null;
        }
    }

    private async Task<Verdict.Broken?> ReadEntriesAsync(CancellationToken cancellationToken)
    {
        if (_texts.Count < 3)
        {
            throw new UnreadableException("The export has to say its format, organisation and stream before its entries.");
        }

        if ((await _feed.NextAsync(cancellationToken)).Type != JsonTokenType.StartArray)
        {
            throw new UnreadableException("The export's entries are no list.");
        }

        _chain = new ChainVerifier(_texts["organisation"], _texts["stream"]);
        _told = _incident is { } incident ? new ToldIncident(new StreamId(_texts["stream"]), incident, _folded) : null;
        JsonFeed.ValueReader<RawEntry> read = new ExportEntry().TryRead;
        try
        {
            while (await _feed.ValueAsync(read, cancellationToken) is { } entry)
            {
                if (_chain.Check(entry) is { } wrong)
                {
                    return new Verdict.Broken(_chain.Next, wrong);
                }

                _told?.Take(entry);
            }

            return null;
        }
        catch (FormatException wrong)
        {
            return new Verdict.Broken(_chain.Next, wrong.Message);
        }
    }

    private Verdict Conclude()
    {
        if (_chain is null || _head is not { } head)
        {
            throw new UnreadableException("The export has no entries or no head.");
        }

        var end = _chain.Head;
        return _chain.Finish() switch
        {
            Verdict.Intact when head.Version > end.Version =>
                new Verdict.Broken(_chain.Next, $"It is missing: the head says {head.Version}, and the entries end at {end.Version}."),
            Verdict.Intact when head.Version < end.Version =>
                new Verdict.Broken(Math.Max(head.Version, 0) + 1, $"It is beyond the head, which says {head.Version}."),
            Verdict.Intact when !end.Hash.AsSpan().SequenceEqual(head.Hash) =>
                new Verdict.Broken(end.Version, "The head has another hash than the last entry."),
            Verdict.Intact when _told?.Conclude(end.Version) is { } wrong => new Verdict.Misleading(wrong),
            Verdict.Intact intact => intact with { NotCompared = _told is null ? "there is none" : _told.NotCompared },
            var verdict => verdict,
        };
    }

    private JsonElement? ReadIncident(ReadOnlyMemory<byte>? json)
    {
        if (_chain is not null)
        {
            throw new UnreadableException("The export has to tell of its incident before its entries.");
        }

        using var incident = JsonDocument.Parse(json ?? default, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return incident.RootElement.ValueKind switch
        {
            JsonValueKind.Object => incident.RootElement.Clone(),
            JsonValueKind.Null => null,
            _ => throw new UnreadableException("The export's incident is no object."),
        };
    }

    private void CheckFormat()
    {
        if (_texts.TryGetValue("format", out var format) && format != ExportWriter.Format)
        {
            throw new UnreadableException($"The export's format is '{format}'; this release reads '{ExportWriter.Format}'.");
        }
    }

    private static string Text(string name, ReadOnlyMemory<byte>? json)
    {
        using var value = JsonDocument.Parse(json ?? default);
        return value.RootElement.ValueKind == JsonValueKind.String
            ? value.RootElement.GetString()!
            : throw new UnreadableException($"The export's {name} is no text.");
    }

    private static (long Version, byte[] Hash) ReadHead(ReadOnlyMemory<byte>? json)
    {
        using var head = JsonDocument.Parse(json ?? default, new JsonDocumentOptions { AllowDuplicateProperties = false });
        if (head.RootElement is { ValueKind: JsonValueKind.Object } fields &&
            fields.TryGetProperty("version", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var version) &&
            fields.TryGetProperty("hash", out var hex) && hex.ValueKind == JsonValueKind.String &&
            hex.GetString() is { Length: EntryHash.Length * 2 } hash && hash.All(char.IsAsciiHexDigitLower))
        {
            return (version, Convert.FromHexString(hash));
        }

        throw new UnreadableException("The export's head is no version with a hash.");
    }

    private sealed class UnreadableException(string message) : Exception(message);
}
