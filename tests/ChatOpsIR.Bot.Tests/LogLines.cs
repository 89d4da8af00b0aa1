using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Bot.Tests;

/// <summary>A log that a test reads: each line behind its level.</summary>
internal class LogLines : ILogger, ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = [];

    public IReadOnlyList<string> Lines => [.. lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }
}

internal sealed class LogLines<T> : LogLines, ILogger<T>;
