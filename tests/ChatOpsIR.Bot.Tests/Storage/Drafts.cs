using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>Drafts with boring defaults.</summary>
internal static class Drafts
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    public static readonly StreamId Incident42 = new("INC-42");

    public static Draft Note(string? cause, string text = "hello", params string[] twins) => new(
        new Stamp(cause, Now, Actor.Of(new PersonId("slack", "T1", "U1")), Source.Live),
        new NoteAdded(text),
        [],
        [.. twins],
        new Outcome("note", 1));

    public static ImmutableArray<Draft> Notes(int count, string prefix = "cause") =>
        [.. Enumerable.Range(0, count).Select(i => Note($"{prefix}-{i}"))];
}
