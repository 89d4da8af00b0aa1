using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;

namespace ChatOpsIR.Core.Chat;

/// <summary>How things stand, for whoever takes over: drawn from the record by rules, so that nothing depends on a tired memory.</summary>
public static class Brief
{
    /// <param name="at">The moment of the handover.</param>
    public static ImmutableArray<CardPart> Of(Incident incident, DateTimeOffset at, Policy policy)
    {
        var parts = ImmutableArray.CreateBuilder<CardPart>();
        parts.Add(new Heading($"How {incident.Id} stands"));
        parts.Add(new Facts(
        [
            new("What", Words.Of(incident.Title)),
            new("Severity", Words.Of($"{SeverityWords.Title(incident.Severity)}: {policy.For(incident.Severity).Meaning}")),
            new("Status", Words.Of(incident.Status is Status.Open ? $"Open, {SeverityWords.Title(incident.Phase)}" : SeverityWords.Title(incident.Status))),
            new("Declared", Words.Of(new Moment(incident.DeclaredAt), $", {SeverityWords.Span(at - incident.DeclaredAt)} before this handover")),
        ]));
        parts.Add(new Paragraph(incident.Impact is { } impact
            ? IncidentCards.Impact(impact)
            : Words.Of(new Strong("Impact"), " Nobody has said what customers feel. ", new Code("/incident impact …"), " does.")));
        parts.Add(new Paragraph(Roles(incident, policy)));
        parts.Add(new Paragraph(incident.LastUpdate is { } update
            ? Words.Of(new Strong("Latest update"), " ", new Moment(update.At), "\n", Remark.Of(update.Text, update.At, null).Text)
            : Words.Of(new Strong("Latest update"), " None has been posted.")));
        parts.Add(new Paragraph(Said("Decisions", incident.Decisions, "None is on record.")));
        parts.Add(new Paragraph(Said("Being tried", incident.Notes, "No note says.")));
        parts.Add(new Paragraph(Next(incident, policy)));
        return parts.ToImmutable();
    }

    private static Words Roles(Incident incident, Policy policy)
    {
        var words = Words.Of(new Strong("Roles"));
        foreach (var role in policy.Roles.Where(role => !incident.HoldersOf(role.Id).IsEmpty))
        {
            words = words.Then($"\n{role.Title}: ").Then([.. IncidentCards.People(incident.HoldersOf(role.Id)).Spans]);
        }

        foreach (var offer in incident.Offers)
        {
            words = words.Then($"\nAsked to be {policy.For(offer.Role).Title}, no answer yet: ", new Mention(offer.Person), ", since ", new Moment(offer.At));
        }

        return words;
    }

    private static Words Said(string what, ImmutableArray<Remark> remarks, string none)
    {
        if (remarks.IsEmpty)
        {
            return Words.Of(new Strong(what), $" {none}");
        }

        var words = Words.Of(new Strong(what));
        foreach (var remark in remarks.Reverse())
        {
            words = words.Then("\n", new Moment(remark.At), " ").Then(remark.By is { } by ? [new Mention(by), ": ", remark.Text] : [remark.Text]);
        }

        return words;
    }

    private static Words Next(Incident incident, Policy policy) => Due.NextUpdate(incident, policy) is { } due
        ? Words.Of(new Strong("Next"), " A status update is due ", new Moment(due), ".")
        : Words.Of(new Strong("Next"), incident.Status is Status.Resolved ? " No update is due. The incident waits to be closed." : " Nothing is due.");
}
