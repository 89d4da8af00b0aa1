namespace ChatOpsIR.Playground;

/// <summary>One changed thing, as text. A null text means that it is gone.</summary>
public sealed record WorkspaceRecord(string Kind, string Key, string? Json);

/// <summary>Where a workspace keeps what must outlive the process.</summary>
public interface IWorkspaceJournal : IDisposable
{
    /// <summary>Everything that is kept, in no particular order.</summary>
    IEnumerable<WorkspaceRecord> Read();

    /// <summary>Keeps all of it or none of it; durable when it returns.</summary>
    void Write(IReadOnlyList<WorkspaceRecord> changed);
}
