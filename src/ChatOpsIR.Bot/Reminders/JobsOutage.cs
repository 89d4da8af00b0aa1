using System.Data.Common;
using System.Net.Sockets;

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
