using Azure.Core;
using Azure.Core.Pipeline;
using ChatOpsIR.Core.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsIR.Storage.Tables;

/// <summary>What Azure Tables is opened with: a connection string, or an endpoint and this machine's managed identity.</summary>
public sealed record TableSettings(string Organisation)
{
    public string? ConnectionString { get; init; }

    public Uri? Endpoint { get; init; }

    /// <summary>Who asks, beside an endpoint; null for what this machine is known as.</summary>
    public TokenCredential? Identity { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IRandomness Randomness { get; init; } = new SystemRandomness();

    /// <summary>Told when the account stops answering and when it answers again.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>How requests travel; null for HTTP. Tests lose answers with it.</summary>
    public HttpPipelineTransport? Transport { get; init; }
}
