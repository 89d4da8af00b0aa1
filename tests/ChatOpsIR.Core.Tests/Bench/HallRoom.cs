using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>A room of the transcript platform, a talk with one person, or its notice board.</summary>
internal sealed record HallRoom(RoomId Id, string Name, DateTimeOffset OpenedAt)
{
    private int said;

    public List<HallMessage> Messages { get; } = [];

    public HallMessage Add(Actor by, Card card, EffectKey? effect, DateTimeOffset at)
    {
        var message = new HallMessage($"m/{++said}", by, effect, at) { Card = card };
        Messages.Add(message);
        return message;
    }
}

internal sealed record HallMessage(string Id, Actor By, EffectKey? Effect, DateTimeOffset At)
{
    public required Card Card { get; set; }
}
