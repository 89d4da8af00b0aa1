using ChatOpsIR.Core;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>Who may read which timeline, asked at every request and again while a page is live.</summary>
internal sealed class Admission(PersonalLinks links, IncidentStreams streams, PageNames names)
{
    public const string Cookie = "chatopsir-timeline";

    public async Task<Admitted> AdmitAsync(HttpContext http, IncidentId incident, CancellationToken cancellationToken) =>
        links.OpenTicket(incident, http.Request.Cookies[Cookie]) is { IsOver: false } pass
            ? await AdmitAsync(pass, incident, cancellationToken)
            : new Admitted.NobodyKnown();

    /// <summary>Asks again, for somebody who was admitted before.</summary>
    public async Task<Admitted> AdmitAsync(Pass pass, IncidentId id, CancellationToken cancellationToken)
    {
        var incident = await streams.ReadAsync(id, cancellationToken);
        if (!incident.Exists || !Authorisation.Sees(pass.Person, incident, inItsRoom: false))
        {
            return new Admitted.NotThere();
        }

        var person = await names.FindAsync(pass.Person, cancellationToken);
        var isRefused = Authorisation.Kind(person?.Kind) is not null || (person is null && Authorisation.WhileNobodyVouches(pass.Person, "timeline", incident) is not null);
        return isRefused ? new Admitted.NotThere() : new Admitted.Reader(pass, incident);
    }
}

internal abstract record Admitted
{
    private Admitted()
    {
    }

    public sealed record Reader(Pass Pass, Incident Incident) : Admitted;

    /// <summary>No link was followed, or its time has passed.</summary>
    public sealed record NobodyKnown : Admitted;

    /// <summary>There is nothing for this person to see; whether there is an incident is not told.</summary>
    public sealed record NotThere : Admitted;
}
