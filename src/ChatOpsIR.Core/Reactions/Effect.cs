using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Reactions;

/// <summary>How an effect may be repeated (design page, section 5).</summary>
public enum EffectClass
{
    /// <summary>A: call again; "already so" is success.</summary>
    Idempotent,

    /// <summary>B: look whether it is there before every attempt but the first.</summary>
    LookedUp,

    /// <summary>D: recorded as started first; an unknown outcome is held for a human. Nothing writes that yet, so no effect may be of this class.</summary>
    Harmful,
}

/// <summary>
/// A chore that a decision promises. It carries ids, enums and times only, since it is stored in the entry's data, which is never
/// redacted; free text is read from the entry that promised it.
/// </summary>
public abstract record Effect
{
    private protected Effect()
    {
    }

    public abstract EffectClass Class { get; }

    /// <summary>Effects of one lane run in the order of intent; lanes run side by side.</summary>
    public abstract string Lane { get; }

    /// <summary>Nothing waits for an optional effect: its refusal is recorded and the rest goes on.</summary>
    public virtual bool Optional => false;

    /// <summary>It shows something in the war room, or opens it: while it fails, people there hear nothing.</summary>
    public virtual bool SpeaksInRoom => false;
}

/// <summary>Opens the incident's war room.</summary>
/// <param name="Name">The wanted name; the platform may add a suffix when somebody else has it.</param>
public sealed record OpenRoom(string Platform, string Workspace, string Name, bool Private) : Effect
{
    public override EffectClass Class => EffectClass.LookedUp;

    public override string Lane => "room";

    public override bool SpeaksInRoom => true;
}

/// <summary>Makes the room known to the directory and reads what was said in it before that.</summary>
public sealed record RegisterRoom(RoomId Room) : Effect
{
    public override EffectClass Class => EffectClass.Idempotent;

    public override string Lane => "room";
}

/// <summary>Invites people into the war room.</summary>
public sealed record InviteToRoom(RoomId Room, ImmutableArray<PersonId> People) : Effect
{
    public override EffectClass Class => EffectClass.Idempotent;

    public override string Lane => "invite";

    public override bool Optional => true;
}

/// <summary>Posts the live card of the incident into its room.</summary>
public sealed record PostCard(RoomId Room) : Effect
{
    public override EffectClass Class => EffectClass.LookedUp;

    public override string Lane => "room";

    public override bool SpeaksInRoom => true;
}

/// <summary>Pins the live card as soon as there is one.</summary>
public sealed record PinCard(RoomId Room) : Effect
{
    public override EffectClass Class => EffectClass.Idempotent;

    public override string Lane => "pin";

    public override bool Optional => true;
}

/// <summary>Takes a message of our own back that carries out what another message carried out before it.</summary>
/// <param name="Carries">The effect that both carry out.</param>
public sealed record DeletePost(MessageId Message, EffectKey Carries) : Effect
{
    public override EffectClass Class => EffectClass.Idempotent;

    public override string Lane => "delete";

    public override bool Optional => true;
}

/// <summary>Tells the organisation's announcement channel. Never for private incidents.</summary>
public sealed record Announce(string Platform, string Workspace) : Effect
{
    public override EffectClass Class => EffectClass.LookedUp;

    public override string Lane => "announce";

    public override bool Optional => true;
}

/// <summary>Tells a person by direct message what a role asks of them, with a button to accept it.</summary>
public sealed record SendDutyCard(RoleId Role, PersonId Person) : Effect
{
    public override EffectClass Class => EffectClass.LookedUp;

    public override string Lane => $"person:{Person}";

    public override bool Optional => true;
}

/// <summary>Tells the war room about the fact that promised this, as soon as there is a room.</summary>
/// <param name="Platform">The platform whose war room it is.</param>
public sealed record TellRoom(string Platform) : Effect
{
    public override EffectClass Class => EffectClass.LookedUp;

    public override string Lane => "room";

    public override bool SpeaksInRoom => true;
}

/// <summary>Reminds somebody by direct message about the fact that promised this.</summary>
public sealed record TellPerson(PersonId Person) : Effect
{
    public override EffectClass Class => EffectClass.LookedUp;

    public override string Lane => $"person:{Person}";

    public override bool Optional => true;
}

/// <summary>Tells everybody who subscribed about the fact that promised this, each by direct message. Who that is, is read when it begins.</summary>
public sealed record TellSubscribers : Effect
{
    public override EffectClass Class => EffectClass.LookedUp;

    public override string Lane => "subscribers";

    public override bool Optional => true;
}
