using System.Text;
using System.Text.Json;

namespace ChatOpsIR.Storage.Export;

/// <summary>Reads JSON from a stream token by token and value by value, holding no more than the value at hand.</summary>
internal sealed class JsonFeed(Stream source)
{
    /// <summary>Far above any value that an export holds.</summary>
    private const int LongestValue = 64 * 1024 * 1024;

    /// <summary>What one filling brings unless the stream ends: enough to see a byte order mark.</summary>
    private const int Least = 3;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isLast;
    private bool _began;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 64 });

    /// <summary>Reads a value that begins with the token at hand; false where its end has not come yet, and it is read anew then.</summary>
    public delegate bool ValueReader<T>(ref Utf8JsonReader reader, out T? value);

    private delegate bool Step<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, out T result);

    /// <summary>The next token, with its text if it is a name; <see cref="JsonTokenType.None"/> at the end.</summary>
    public ValueTask<(JsonTokenType Type, string? Name)> NextAsync(CancellationToken cancellationToken) =>
        StepAsync<(JsonTokenType, string?)>(ReadToken, cancellationToken);

    /// <summary>The bytes of the next whole value; null when the list ends instead. They are valid until the next call.</summary>
    public ValueTask<ReadOnlyMemory<byte>?> ValueAsync(CancellationToken cancellationToken) =>
        StepAsync<ReadOnlyMemory<byte>?>(ReadValue, cancellationToken);

    /// <summary>The next value, as <paramref name="read"/> reads it; null when the list ends instead.</summary>
    public ValueTask<T?> ValueAsync<T>(ValueReader<T> read, CancellationToken cancellationToken)
        where T : class
    {
        return StepAsync<T?>(Step, cancellationToken);

        bool Step(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, out T? value)
        {
            value = null;
            return reader.Read() && (reader.TokenType == JsonTokenType.EndArray || read(ref reader, out value));
        }
    }

    private static bool ReadToken(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, out (JsonTokenType Type, string? Name) token)
    {
        token = default;
        if (!reader.Read())
        {
            return false;
        }

        token = (reader.TokenType, reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null);
        return true;
    }

    private bool ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, out ReadOnlyMemory<byte>? value)
    {
        value = null;
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return true;
        }

        var begin = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        value = _buffer.AsMemory(_start + begin, (int)reader.BytesConsumed - begin);
        return true;
    }

    private async ValueTask<T> StepAsync<T>(Step<T> step, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryStep(step, out var result))
            {
                return result;
            }

            if (_isLast)
            {
                // Had it ended early, the reader would have thrown.
                return default!;
            }

            await FillAsync(cancellationToken);
        }
    }

    private bool TryStep<T>(Step<T> step, out T result)
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        var reader = new Utf8JsonReader(bytes, _isLast, _state);
        if (!step(ref reader, bytes, out result))
        {
            return false;
        }

        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_buffer.Length - _end < Least)
        {
            if (_buffer.Length >= LongestValue)
            {
                throw new JsonException("It holds a value that is larger than any in an export.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await source.ReadAtLeastAsync(_buffer.AsMemory(_end), Least, throwOnEndOfStream: false, cancellationToken);
        _end += read;
        _isLast = read < Least;
        if (!_began)
        {
            // Editors like to put a byte order mark in front; it is no part of the JSON.
            _start = _buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble) ? Least : 0;
            _began = true;
        }
    }
}
