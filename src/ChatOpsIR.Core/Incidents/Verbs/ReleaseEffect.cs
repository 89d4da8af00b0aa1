using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Somebody looked: a held effect did not happen and is to be tried again.</summary>
public sealed record ReleaseEffect(EffectKey Effect) : IncidentCommand
{
    public static readonly Verb Verb = new(
        "release",
        "retry",
        "release INC-42:7:0",
        "Try again what was held because nobody could tell whether it had happened.",
        Takes.TextOnly,
        Parse)
    { Listed = false };

    public override Decision Decide(Incident incident) =>
        incident.Pending.Any(pending => pending.Key == Effect && pending.Held)
            ? Accept(new EffectReleased(Effect))
            : Refuse(Because.NothingIsHeld);

    private static Reading Parse(Arguments said) => EffectKey.TryParse(said.Text, out var effect)
        ? new Reading.Order(new ReleaseEffect(effect))
        : new Reading.Unclear("Press the button under the message that says what is held. `/incident status` shows how things stand.");
}
