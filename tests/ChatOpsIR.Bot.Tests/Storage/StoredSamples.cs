using System.Text;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>One of everything that is stored, with every field filled.</summary>
internal static class StoredSamples
{
    private static readonly PersonId Ada = new("slack", "T012AB3C4", "U0ADA");
    private static readonly RoomId Room = new("slack", "C0INC42");
    private static readonly EffectKey Key = new(new StreamId("INC-42"), 1, 0);
    private static readonly DateTimeOffset Later = new(2026, 11, 24, 4, 30, 0, TimeSpan.Zero);

    public static readonly Effect[] Effects =
    [
        new OpenRoom("slack", "T012AB3C4", "inc-42-checkout-returns-500s", true),
        new RegisterRoom(Room),
        new InviteToRoom(Room, [Ada, new PersonId("teams", "tenant", "29:1abc")]),
        new PostCard(Room),
        new PinCard(Room),
        new DeletePost(new MessageId(Room, "1764000000.000100"), Key),
        new Announce("slack", "T012AB3C4"),
        new SendDutyCard(RoleId.Communications, Ada),
        new TellRoom("slack"),
        new TellPerson(Ada),
        new TellSubscribers(),
    ];

    public static readonly Fact[] Facts =
    [
        new IncidentDeclared("Checkout \"returns\" 500s & <more> 🚒", Severity.Sev1, true, "slack", "T012AB3C4", "inc-42-checkout", Ada, "0a1b"),
        new IncidentVoided(),
        new RoomOpened(Key, Room, "T012AB3C4", "inc-42-checkout-2"),
        new SeverityChanged(Severity.Sev3, Severity.Sev2, "more customers"),
        new RoleOffered(RoleId.Manager, Ada),
        new RoleAccepted(RoleId.Manager, Ada, Replaces: true),
        new HandoverOffered(RoleId.Manager, Ada, new PersonId("slack", "T012AB3C4", "U0GRACE")),
        new PeopleInvited([Ada, new PersonId("teams", "tenant", "29:1abc")]),
        new NoteAdded("Grüße"),
        new DecisionRecorded(Ada, "We roll back."),
        new ImpactStated("Cards are declined", "one in five shops"),
        new UpdatePosted("We know why."),
        new UpdateSnoozed(Later, "asleep"),
        new IncidentResolved("Rolled back."),
        new IncidentClosed("done"),
        new IncidentReopened("It is back."),
        new Redacted([4, 7], [new('a', 64), new('b', 64)], [new(Room, "1764000000.000100"), new(new("teams", "19:abc@thread.tacv2"), "1764")], Ada, new PersonId("slack", "T012AB3C4", "U0LEGAL"), "a leaked password"),
        new ReminderFired("update:INC-42:3", ReminderKind.Escalation, Later, ["update:INC-42:1", "update:INC-42:2"], RoleId.Communications),
        new EffectStarted(Key, 2),
        new EffectFailed(Key, 2, "missing_scope", Told: true, "Give the app chat:write."),
        new EffectHeld(Key, 2, "timeout", "Look whether it is there."),
        new EffectReleased(Key),
        new EffectDone(Key, new MessageId(new RoomId("slack", "D0ADA"), "1764000000.000100"), "partly", "One is a guest."),
        new IncidentNumbered(42, "0123456789abcdef0123456789abcdef"),
        new NumberVoided(42),
        new Subscribed(Ada, Topic.AndUp(Severity.Sev2)),
        new Unsubscribed(Ada, Topic.Of(new IncidentId(42))),
        new SubscribersTold(Key, [Ada], [new NotTold(new PersonId("teams", "tenant", "29:1abc"), "unsubscribed")]) { MoreTold = 7, MoreNotTold = 1 },
        .. Enum.GetValues<ChatKind>().Select(Chat),
    ];

    private static ChatRecord Chat(ChatKind kind) => kind switch
    {
        ChatKind.Message => new ChatRecord(kind, Room, "1764000000.000100")
        {
            ThreadId = "1763999999.000000",
            Author = Actor.Of(Ada),
            FileIds = ["F1", "F2"],
            Effect = Key,
            Text = "Look \u202eabc <!channel>",
            Files = [new ChatFile("F1", "graph.png", 1234, "image/png", "ab"), new ChatFile("F2", null, null, null)],
            Original = Json("""{"type":"message", "text":"half \ud83d", "n":1.50}"""),
        },
        ChatKind.MessageEdited => new ChatRecord(kind, Room, "1764000000.000100")
        {
            Author = Actor.Of(Ada),
            Text = "new",
            PreviousText = "old",
            Original = Json("""{"edited":{"user":"U0ADA"}}"""),
        },
        ChatKind.ReactionAdded or ChatKind.ReactionRemoved => new ChatRecord(kind, Room, "1764000000.000100") { Author = Actor.Of(Ada), Reaction = "eyes" },
        ChatKind.Unreadable => new ChatRecord(kind, Room, "") { Original = new byte[] { 0xEF, 0xBB, 0xBF, 0x7B, 0xFF, 0xFE, 0x00, 0x7D } },
        ChatKind.Gap => new ChatRecord(kind, Room, ""),
        _ => new ChatRecord(kind, Room, "1764000000.000100") { Author = Actor.Of(Ada), Text = "words" },
    };

    private static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);
}
