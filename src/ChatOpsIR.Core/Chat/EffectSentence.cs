using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Reactions;

namespace ChatOpsIR.Core.Chat;

/// <summary>A chore that is done, as the timeline tells it.</summary>
internal static class EffectSentence
{
    public static Words Done(Effect effect, Policy policy) => effect switch
    {
        OpenRoom => Words.Of("The war room is open."),
        RegisterRoom => Words.Of("From here on, the war room is recorded as it happens."),
        InviteToRoom e => Words.Of("Invited ").Then([.. Words.Join(", ", e.People.Select(person => new Mention(person))).Spans, "."]),
        PostCard => Words.Of("Posted the live card."),
        PinCard => Words.Of("Pinned the live card."),
        Announce => Words.Of("Announced the incident."),
        SendDutyCard e => Words.Of("Told ", new Mention(e.Person), " what the role ", new Strong(policy.For(e.Role).Title), " asks."),
        TellRoom => Words.Of("Told the war room."),
        TellPerson e => Words.Of("Reminded ", new Mention(e.Person), "."),
        TellSubscribers => Words.Of("Told those who subscribed."),
        DeletePost => Words.Of("Made sure that the same message does not stand there twice."),
        _ => Words.Of($"{effect.GetType().Name} is done."),
    };

    /// <summary>What was to be done, in the middle of a sentence.</summary>
    public static string Doing(Effect effect) => effect switch
    {
        OpenRoom => "opening the war room",
        RegisterRoom => "reading the war room",
        InviteToRoom => "inviting people to the war room",
        PostCard => "posting the live card",
        PinCard => "pinning the live card",
        Announce => "announcing the incident",
        SendDutyCard e => $"telling somebody what the role {e.Role} asks",
        TellRoom => "telling the war room what happened",
        TellPerson => "reminding somebody in person",
        TellSubscribers => "telling those who subscribed",
        DeletePost => "taking back a message that was posted twice",
        _ => effect.GetType().Name,
    };
}
