using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatOpsIR.Core.Record;

/// <summary>An incident's public number, written <c>INC-42</c>. It is also the name of the incident's stream.</summary>
/// <param name="Number">Counted from 1, never used twice.</param>
public readonly record struct IncidentId(int Number)
{
    private const string Prefix = "INC-";

    public StreamId Stream => new(ToString());

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Number}");

    /// <summary>Reads <c>INC-42</c> in any letter case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IncidentId id)
    {
        id = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ||
            !int.TryParse(text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            return false;
        }

        id = new IncidentId(number);
        return true;
    }
}

/// <summary>The name of a stream: an incident id, or one of the organisation's own (<see cref="Numbers"/>, <see cref="Subscriptions"/>).</summary>
public readonly record struct StreamId(string Value)
{
    /// <summary>The stream that hands out incident numbers.</summary>
    public static readonly StreamId Numbers = new("numbers");

    /// <summary>The stream that says who wants to be told of what.</summary>
    public static readonly StreamId Subscriptions = new("subscriptions");

    public override string ToString() => Value;
}

/// <summary>One human or bot account on one chat platform.</summary>
/// <param name="Platform">The platform's short name, as its adapter gives it.</param>
/// <param name="Workspace">The workspace or tenant that the account belongs to.</param>
/// <param name="User">The platform's own id of the account.</param>
public readonly record struct PersonId(string Platform, string Workspace, string User)
{
    public override string ToString() => $"{Platform}:{Workspace}:{User}";

    public static bool TryParse([NotNullWhen(true)] string? text, out PersonId person)
    {
        person = default;
        var parts = text?.Split(':', 3);
        if (parts is not [{ Length: > 0 } platform, { Length: > 0 } workspace, { Length: > 0 } user] || platform is "api")
        {
            return false;
        }

        person = new PersonId(platform, workspace, user);
        return true;
    }
}

/// <summary>A channel, group or chat on one platform.</summary>
public readonly record struct RoomId(string Platform, string Id)
{
    public override string ToString() => $"{Platform}:{Id}";
}

/// <summary>A message in a room, by the platform's own id.</summary>
public readonly record struct MessageId(RoomId Room, string Id)
{
    /// <summary>The cause key of the message, which names it in the record (design page, section 4).</summary>
    public string Key => $"{Room}:{Id}";

    public static bool TryParse([NotNullWhen(true)] string? key, out MessageId message)
    {
        message = default;
        if (key?.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var room) || key.LastIndexOf(':') is var id && (id <= room + 1 || id == key.Length - 1))
        {
            return false;
        }

        // A room's own id may have colons in it, and a message's has none.
        message = new MessageId(new RoomId(key[..room], key[(room + 1)..id]), key[(id + 1)..]);
        return true;
    }
}

/// <summary>Who caused an entry: a person, an API key or the system itself (design page, section 4).</summary>
public readonly record struct Actor(string Value)
{
    public static readonly Actor System = new("system");

    public static Actor Of(PersonId person) => new(person.ToString());

    public PersonId? Person => PersonId.TryParse(Value, out var person) ? person : null;

    public override string ToString() => Value;
}

/// <summary>The name of one promised effect: the entry that promised it, and its place in that entry's list.</summary>
public readonly record struct EffectKey(StreamId Stream, long Version, int Index)
{
    /// <summary>Set for one person's part of an effect that is for many.</summary>
    public PersonId? Recipient { get; init; }

    public string Done => $"{this}:done";

    public EffectKey For(PersonId recipient) => this with { Recipient = recipient };

    public string Attempt(int attempt, string what) => string.Create(CultureInfo.InvariantCulture, $"{this}:{attempt}:{what}");

    public override string ToString() => Recipient is { } recipient
        ? string.Create(CultureInfo.InvariantCulture, $"{Stream}:{Version}:{Index}:{recipient}")
        : string.Create(CultureInfo.InvariantCulture, $"{Stream}:{Version}:{Index}");

    public static bool TryParse([NotNullWhen(true)] string? text, out EffectKey key)
    {
        key = default;
        if (text?.Split(':', 4) is not [{ Length: > 0 } stream, var version, var index, .. var rest] ||
            !long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var v) ||
            !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i))
        {
            return false;
        }

        PersonId? recipient = null;
        if (rest is [var person])
        {
            if (!PersonId.TryParse(person, out var known))
            {
                return false;
            }

            recipient = known;
        }

        key = new EffectKey(new StreamId(stream), v, i) { Recipient = recipient };
        return true;
    }
}
