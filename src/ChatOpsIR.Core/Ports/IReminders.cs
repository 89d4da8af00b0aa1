namespace ChatOpsIR.Core.Ports;

/// <summary>Wakes the bot for a due bucket. Losing a wake-up loses nothing: the reconciler asks again.</summary>
public interface IReminders
{
    void WakeAt(DateTimeOffset bucket);
}

/// <summary>Randomness, so that a simulation can replay it.</summary>
public interface IRandomness
{
    void Fill(Span<byte> bytes);
}

/// <summary>The keyed hash <c>h</c> of the design page: the key is in no stream and no export.</summary>
public interface IKeyedHash
{
    /// <summary>32 lower-case hex digits of HMAC-SHA-256 over the length-prefixed parts.</summary>
    string Of(params ReadOnlySpan<string> parts);
}
