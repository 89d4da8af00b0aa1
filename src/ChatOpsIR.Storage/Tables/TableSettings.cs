using Azure.Core.Pipeline;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage.Tables;

/// <summary>What Azure Tables is opened with: a connection string, or an endpoint and this machine's managed identity.</summary>
public sealed record TableSettings(string Organisation)
{
    public string? ConnectionString { get; init; }

    public Uri? Endpoint { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IRandomness Randomness { get; init; } = new SystemRandomness();

    /// <summary>How requests travel; null for HTTP. Tests lose answers with it.</summary>
    public HttpPipelineTransport? Transport { get; init; }
}
