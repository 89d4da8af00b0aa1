namespace ChatOpsIR.Playground;

/// <summary>The bytes of a file that somebody attached. Its description lives in the message.</summary>
public sealed class StoredFile
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required byte[] Content { get; init; }
}
