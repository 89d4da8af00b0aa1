using System.Collections.Immutable;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>A run of text with the few things in it that platforms draw differently. Plain text in it is foreign until drawn: the adapter escapes it.</summary>
public sealed record Words(ImmutableArray<Span> Spans)
{
    public static readonly Words None = new([]);

    public static Words Of(params ReadOnlySpan<Span> spans) => new([.. spans]);

    /// <summary>Puts a separator between items.</summary>
    public static Words Join(Span separator, IEnumerable<Span> items)
    {
        var spans = ImmutableArray.CreateBuilder<Span>();
        foreach (var item in items)
        {
            if (spans.Count > 0)
            {
                spans.Add(separator);
            }

            spans.Add(item);
        }

        return new Words(spans.ToImmutable());
    }

    public Words Then(params ReadOnlySpan<Span> more) => new([.. Spans, .. more]);
}

public abstract record Span
{
    private protected Span()
    {
    }

    public static implicit operator Span(string text) => new Plain(text);
}

/// <summary>Text that means nothing but itself. A line break is a line break.</summary>
public sealed record Plain(string Text) : Span;

public sealed record Strong(string Text) : Span;

/// <summary>Something to type or to compare letter by letter.</summary>
public sealed record Code(string Text) : Span;

/// <summary>A person, shown by name; told about it where the platform does that.</summary>
public sealed record Mention(PersonId Person) : Span;

/// <summary>A room, as a link where the platform has one.</summary>
/// <param name="Name">What to show where it has none.</param>
public sealed record RoomLink(RoomId Room, string Name) : Span;

/// <summary>A moment, in the reader's own time zone where the platform does that, with UTC beside it.</summary>
public sealed record Moment(DateTimeOffset At) : Span;
