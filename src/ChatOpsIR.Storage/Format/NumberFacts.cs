using ChatOpsIR.Core.Organisation;

namespace ChatOpsIR.Storage.Format;

/// <summary>How the facts of the <c>numbers</c> stream are stored.</summary>
internal static class NumberFacts
{
    public static readonly FactFormat[] All =
    [
        new FactFormat<IncidentNumbered>("incident-numbered", (data, _) => new IncidentNumbered(data.Number("number"), data.Text("words")))
        {
            Data = (to, fact) => to.Number("number", fact.Number).Text("words", fact.Words),
        },
        new FactFormat<NumberVoided>("number-voided", (data, _) => new NumberVoided(data.Number("number")))
        {
            Data = (to, fact) => to.Number("number", fact.Number),
        },
    ];
}
