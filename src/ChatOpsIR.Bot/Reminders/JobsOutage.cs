using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>
/// Notices when the database of Hangfire's jobs stops answering and when it answers again, and says each once. Hangfire itself tells of
/// every attempt of every worker.
/// </summary>
internal sealed class JobsOutage(TimeProvider time, ILogger<JobsOutage> logger)
{
    private readonly Lock gate = new();
    private long? since;

    public bool IsOn
    {
        get
        {
            lock (gate)
            {
                return since is not null;
            }
        }
    }

    /// <summary>Whether an exception of Hangfire's comes from its database.</summary>
    public static bool IsOfTheDatabase(Exception? problem) =>
        problem is DbException or SocketException or TimeoutException or InvalidOperationException { Source: "Npgsql" }
        || (problem is AggregateException several && several.InnerExceptions.Any(IsOfTheDatabase))
        || (problem?.InnerException is { } inner && IsOfTheDatabase(inner));

    public void Failed(Exception problem)
    {
        lock (gate)
        {
            if (since is not null)
            {
                return;
            }

            since = time.GetTimestamp();
        }

        // It answers, and will not by itself answer anything else: who may not come in, what is not there, what is not allowed.
        if (problem.GetBaseException() is PostgresException { SqlState: ['2', '8', ..] or ['3', 'D', ..] or ['4', '2', ..] } refused)
        {
            logger.LogWarning(
                "The database of Hangfire's jobs refuses its work ({Reason}). Look at Hangfire__ConnectionString and at the rights of its user. The reconciler reminds meanwhile, up to half a minute late.",
                refused.Message);
            return;
        }

        logger.LogWarning(
            "The database of Hangfire's jobs does not answer ({Reason}). The reconciler reminds meanwhile, up to half a minute late.", problem.GetBaseException().Message);
    }

    public void Answered()
    {
        TimeSpan lasted;
        lock (gate)
        {
            if (since is not { } began)
            {
                return;
            }

            lasted = time.GetElapsedTime(began);
            since = null;
        }

        logger.LogWarning("The database of Hangfire's jobs answers again, after {Seconds:0} s.", lasted.TotalSeconds);
    }
}
