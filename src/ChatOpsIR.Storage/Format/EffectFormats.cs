using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>How each effect is stored. Lines are added; old ones stay as they are.</summary>
internal static class EffectFormats
{
    public static readonly EffectFormat[] All =
    [
        // The wanted name may speak of the title, so it is content like the title itself.
        new EffectFormat<OpenRoom>(
            "open-room",
            (to, effect) => to.Text("platform", effect.Platform).Text("workspace", effect.Workspace).Flag("private", effect.Private),
            (data, content) => new OpenRoom(data.Text("platform"), data.Text("workspace"), content.FreeText("name"), data.Flag("private")))
        {
            Content = (to, effect) => to.Text("name", effect.Name),
        },
        new EffectFormat<RegisterRoom>("register-room", (to, effect) => to.Room(effect.Room), (data, _) => new RegisterRoom(data.Room())),
        new EffectFormat<InviteToRoom>(
            "invite-to-room",
            (to, effect) => to.Room(effect.Room).Texts("people", [.. effect.People.Select(person => person.ToString())]),
            (data, _) => new InviteToRoom(data.Room(), [.. data.Texts("people").Select(ReadPerson)])),
        new EffectFormat<PostCard>("post-card", (to, effect) => to.Room(effect.Room), (data, _) => new PostCard(data.Room())),
        new EffectFormat<PinCard>("pin-card", (to, effect) => to.Room(effect.Room), (data, _) => new PinCard(data.Room())),
        new EffectFormat<DeletePost>(
            "delete-post",
            (to, effect) => to.Room(effect.Message.Room).Text("messageId", effect.Message.Id).Effect("carries", effect.Carries),
            (data, _) => new DeletePost(new MessageId(data.Room(), data.Text("messageId")), data.Effect("carries"))),
        new EffectFormat<Announce>(
            "announce",
            (to, effect) => to.Text("platform", effect.Platform).Text("workspace", effect.Workspace),
            (data, _) => new Announce(data.Text("platform"), data.Text("workspace"))),
        new EffectFormat<SendDutyCard>(
            "send-duty-card",
            (to, effect) => to.Text("role", effect.Role.Value).Person("person", effect.Person),
            (data, _) => new SendDutyCard(new RoleId(data.Text("role")), data.Person("person"))),
        new EffectFormat<TellRoom>("tell-room", (to, effect) => to.Text("platform", effect.Platform), (data, _) => new TellRoom(data.Text("platform"))),
        new EffectFormat<TellPerson>(
            "tell-person",
            (to, effect) => to.Person("person", effect.Person),
            (data, _) => new TellPerson(data.Person("person"))),
        new EffectFormat<TellSubscribers>("tell-subscribers", (_, _) => { }, (_, _) => new TellSubscribers()),
    ];

    private static PersonId ReadPerson(string text) =>
        PersonId.TryParse(text, out var person) ? person : throw new FormatException("Somebody invited is no person.");
}
