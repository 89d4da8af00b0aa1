using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>How the facts about effects are stored. Lines are added; old ones stay as they are.</summary>
internal static class EffectFacts
{
    public static readonly FactFormat[] All =
    [
        new FactFormat<EffectStarted>("effect-started", (data, _) => new EffectStarted(data.Effect("effect"), data.Number("attempt")))
        {
            Data = (to, fact) => to.Effect("effect", fact.Effect).Number("attempt", fact.Attempt),
        },
        new FactFormat<EffectFailed>("effect-failed", (data, content) =>
            new EffectFailed(data.Effect("effect"), data.Number("attempt"), data.Text("code"), data.Flag("told"), content.FreeText("explanation")))
        {
            Data = (to, fact) => to.Effect("effect", fact.Effect).Number("attempt", fact.Attempt).Text("code", fact.Code).Flag("told", fact.Told),
            Content = (to, fact) => to.Text("explanation", fact.Explanation),
        },
        new FactFormat<EffectHeld>("effect-held", (data, content) =>
            new EffectHeld(data.Effect("effect"), data.Number("attempt"), data.Text("code"), content.FreeText("explanation")))
        {
            Data = (to, fact) => to.Effect("effect", fact.Effect).Number("attempt", fact.Attempt).Text("code", fact.Code),
            Content = (to, fact) => to.Text("explanation", fact.Explanation),
        },
        new FactFormat<EffectReleased>("effect-released", (data, _) => new EffectReleased(data.Effect("effect")))
        {
            Data = (to, fact) => to.Effect("effect", fact.Effect),
        },
        new FactFormat<EffectDone>("effect-done", (data, content) => new EffectDone(
            data.Effect("effect"),
            data.TextOrNull("messageId") is { } message ? new MessageId(data.Room(), message) : null,
            data.TextOrNull("code"),
            content.TextOrNull("explanation")))
        {
            Data = (to, fact) => to
                .Effect("effect", fact.Effect)
                .Text("platform", fact.Posted?.Room.Platform)
                .Text("room", fact.Posted?.Room.Id)
                .Text("messageId", fact.Posted?.Id)
                .Text("code", fact.Code),
            Content = (to, fact) => to.Text("explanation", fact.Explanation),
        },
        new FactFormat<SubscribersTold>("subscribers-told", (data, _) => new SubscribersTold(
            data.Effect("effect"),
            [.. data.Texts("told").Select(ReadPerson)],
            data.List("notTold", one => new NotTold(one.Person("person"), one.Text("code"))))
        {
            MoreTold = data.Count("moreTold"),
            MoreNotTold = data.Count("moreNotTold"),
        })
        {
            Data = (to, fact) => to
                .Effect("effect", fact.Effect)
                .Texts("told", [.. fact.Told.Select(person => person.ToString())])
                .Objects("notTold", fact.NotTold, (one, notTold) => one.Person("person", notTold.Person).Text("code", notTold.Code))
                .Count("moreTold", fact.MoreTold)
                .Count("moreNotTold", fact.MoreNotTold),
        },
    ];

    private static PersonId ReadPerson(string text) =>
        PersonId.TryParse(text, out var person) ? person : throw new FormatException("Somebody told is no person.");
}
