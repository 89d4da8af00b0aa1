namespace ChatOpsIR.Playground;

/// <summary>A clock that a demo or a test may push forward.</summary>
public interface IAdvanceable
{
    /// <summary>Moves the clock forward; whatever becomes due on the way fires.</summary>
    void Advance(TimeSpan by);
}
