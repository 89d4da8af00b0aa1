using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>What a delivery is about, in one word for the chaos notes.</summary>
internal static class EventWords
{
    public static string Of(Delivery delivery) => delivery.Kind switch
    {
        DeliveryKind.Event => OfEvent(JsonNode.Parse(delivery.Body)?["event"]),
        DeliveryKind.Command => "Command",
        _ => "Click or form",
    };

    private static string OfEvent(JsonNode? about) => (about.Text("type"), about.Text("subtype")) switch
    {
        ("message", "message_changed") => "Edit",
        ("message", "message_deleted") => "Deletion",
        ("message", _) or ("app_mention", _) => "Message",
        ("reaction_added" or "reaction_removed", _) => "Reaction",
        ("pin_added" or "pin_removed", _) => "Pin",
        ("member_joined_channel" or "member_left_channel", _) => "Member change",
        _ => "Event",
    };
}
