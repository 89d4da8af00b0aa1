using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>Links that say whose they are.</summary>
internal sealed class HallLinks : ITimelineLinks
{
    public Uri For(IncidentId incident, PersonId person) => new($"https://hall.example/incidents/{incident}?of={Uri.EscapeDataString(person.User)}");
}
