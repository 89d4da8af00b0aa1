using System.Diagnostics;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage;

/// <summary>
/// Every operation of the store is an activity: begun before the work, ended when it is durable and before the answer reaches the
/// caller. Traces show them, and crash tests stop the process at them.
/// </summary>
internal static class StoreActivity
{
    public const string SourceName = "ChatOpsIR.Store";

    private static readonly ActivitySource Activities = new(SourceName);

    public static Activity? Start(string operation) => Activities.HasListeners() ? Activities.StartActivity($"store {operation}") : null;

    public static Activity? Start(string operation, StreamId stream) => Start(operation)?.SetTag("stream", stream.Value);
}
