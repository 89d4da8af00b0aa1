namespace ChatOpsIR.Playground;

/// <summary>The invented company that the page opens with.</summary>
public static class Cast
{
    public static IReadOnlyList<PersonSeed> People { get; } =
    [
        new("mara", "Mara Lindqvist", "Responder"),
        new("idris", "Idris Okafor", "Incident Manager"),
        new("priya", "Priya Raman", "Communications Officer"),
        new("tomas", "Tomás Beltrán", "Legal"),
        new("helen", "Helen Zhou", "Manager"),
        new("noa", "נועה לוי", "Engineer, payments", ActAs: false),
        new("sam", "Sam Ferreira", "Contractor", ActAs: false, Guest: true),
    ];

    public static IReadOnlyList<ChannelSeed> Channels { get; } =
    [
        new("general", Topic: "Everybody, everything"),
        new("incidents", Topic: "What is going on right now", Bot: true),
        new("payments", Members: ["mara", "idris", "noa", "tomas", "sam"]),
        new("platform", Members: ["mara", "idris", "noa"]),
        new("exec-briefing", Private: true, Members: ["helen", "idris", "priya", "tomas"]),
    ];
}
