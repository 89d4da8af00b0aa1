using System.Collections.Immutable;
using System.Globalization;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Policies;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Puts the next status update off, with a reason that stays on record.</summary>
public sealed record SnoozeUpdate(DateTimeOffset Now, TimeSpan For, string Why, Policy Policy) : IncidentCommand
{
    /// <summary>At most this long at a time, or one cadence where that is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    private static readonly TimeSpan[] Offered = [.. new[] { 15, 30, 60, 120 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    public static readonly Verb Verb = new(
        "snooze",
        "later",
        "snooze 30m waiting for the vendor",
        "Put the next update off. It needs a reason, which everybody sees.",
        Takes.Duration | Takes.Incident,
        Parse);

    public override Decision Decide(Incident incident) => incident.Status switch
    {
        Status.Closed => Refuse(Because.IncidentIsClosed),
        Status.Resolved => Refuse(Because.IncidentIsNotOpen),
        _ when For <= TimeSpan.Zero => Refuse(Because.SnoozeMustEndLater),
        _ when For > Longest && For > Policy.For(incident.Severity).Cadence => Refuse(Because.SnoozeIsTooLong),
        _ when Now + For < Due.NextUpdate(incident, Policy) => Refuse(Because.SnoozeEndsTooSoon),
        _ => Accept(new UpdateSnoozed(Now + For, Why)),
    };

    private static Reading Parse(Arguments said) => (said.Duration, said.Text) switch
    {
        (_, { Length: > Reason.Longest }) => Reason.TooLong(said.Text),
        ({ } duration, { Length: > 0 } why) => new Reading.Order(new SnoozeUpdate(said.At, duration, why, said.Policy)),
        _ => new Reading.Fill(incident => Form(incident, said)),
    };

    // What is offered is not refused: nothing that ends before the update is due anyway. What was typed stays, whatever becomes of it.
    private static ImmutableArray<Choice> Choices(Incident incident, Arguments said)
    {
        var left = Due.NextUpdate(incident, said.Policy) - said.At;
        var cadence = said.Policy.For(incident.Severity).Cadence;
        return
        [
            .. Offered.Where(length => !(length < left)).Append(cadence > Longest ? cadence : Longest).Concat(said.Duration is { } typed ? [typed] : [])
                .Distinct().Order().Select(length => new Choice(Typed(length), SeverityWords.Span(length))),
        ];
    }

    private static string Typed(TimeSpan length) => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0}m");

    private static Form Form(Incident incident, Arguments said) => new(
        Verb.Name,
        incident.Id,
        "Put the update off",
        "Put it off",
        [
            new Field("duration", "For how long?", FieldKind.Choice, Value: Choices(incident, said) is var choices && said.Duration is { } wanted ? Typed(wanted) : choices[0].Value, Choices: choices),
            new Field("text", "Why?", FieldKind.Line, Hint: "Everybody in the room sees it.", Value: said.Text, MaxLength: Reason.Longest),
        ]);
}
