using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Ports;

/// <summary>Personal links to an incident's timeline. Whoever holds one reads as that person for a few minutes, so it is shown to nobody else and logged nowhere.</summary>
public interface ITimelineLinks
{
    Uri For(IncidentId incident, PersonId person);
}
