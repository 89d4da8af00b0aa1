using Hangfire.Logging;
using HangfireLevel = Hangfire.Logging.LogLevel;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>
/// Hangfire's messages in the bot's log. Hangfire keeps its log in a static field, so of two bots in one process one may ask the other's,
/// also after that one has stopped: then there is nobody to tell. That its database does not answer is said by <see cref="JobsOutage"/>, once.
/// </summary>
internal sealed class HangfireLog(ILoggerFactory loggers) : ILogProvider
{
    public ILog GetLogger(string name)
    {
        try
        {
            return new Log(loggers.CreateLogger(name));
        }
        catch (ObjectDisposedException)
        {
            return new Log(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        }
    }

    private sealed class Log(ILogger logger) : ILog
    {
        bool ILog.Log(HangfireLevel logLevel, Func<string>? messageFunc, Exception? exception)
        {
            var level = (Microsoft.Extensions.Logging.LogLevel)logLevel;
            if (messageFunc is null || !logger.IsEnabled(level))
            {
                return logger.IsEnabled(level);
            }

            logger.Log(JobsOutage.IsOfTheDatabase(exception) ? Microsoft.Extensions.Logging.LogLevel.Debug : level, exception, "{Message}", messageFunc());
            return true;
        }
    }
}
