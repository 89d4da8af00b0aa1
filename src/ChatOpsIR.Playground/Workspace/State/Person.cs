namespace ChatOpsIR.Playground;

/// <summary>A member of the workspace: a human being, or the bot.</summary>
public sealed class Person
{
    public required string Id { get; init; }

    public required string Handle { get; init; }

    public required string Name { get; init; }

    public string Email { get; init; } = "";

    public string Title { get; init; } = "";

    public bool IsGuest { get; init; }

    public bool IsBot { get; init; }

    public bool ActAs { get; init; }

    public bool Deleted { get; set; }
}
