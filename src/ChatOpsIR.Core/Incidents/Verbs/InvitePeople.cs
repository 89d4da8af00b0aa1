using System.Collections.Immutable;
using System.Globalization;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>
/// Asks people into the war room without a role. Saying it again asks again, since somebody may have left: a room's own list of who is
/// in is the platform's, and whoever is in already is fine.
/// </summary>
public sealed record InvitePeople(ImmutableArray<PersonId> People) : IncidentCommand
{
    /// <summary>At one time: one entry promises a message to each.</summary>
    public const int Most = 20;

    public static readonly Verb Verb = new(
        "invite",
        "add",
        "invite @someone @someone.else",
        "Ask people into the war room, without a role. They are told where it is.",
        Takes.People | Takes.Incident,
        Parse);

    public override Decision Decide(Incident incident) =>
        incident.Status is Status.Closed ? Refuse(Because.IncidentIsClosed) : Accept(new PeopleInvited(People));

    private static Reading Parse(Arguments said)
    {
        var people = said.People.Distinct().ToImmutableArray();
        return people switch
        {
            { IsEmpty: true } when said.Text is not "" => new Reading.Unclear($"{PlainText.Quote(said.Text)} is no mention. Pick people with @: `/incident invite @someone`.", "people"),
            { IsEmpty: true } => new Reading.Fill(Form),
            { Length: > Most } => new Reading.Unclear(
                string.Create(CultureInfo.InvariantCulture, $"At most {Most} people can be asked at a time; you named {people.Length}. Ask the rest with another `/incident invite …`."), "people"),
            _ => new Reading.Order(new InvitePeople(people)),
        };
    }

    private static Form Form(Incident incident) => new(
        Verb.Name,
        incident.Id,
        "Invite people",
        "Invite",
        [new Field("people", "Whom?", FieldKind.People, Hint: "Members of the organisation. They are told which incident it is and where its room is.")]);
}
