namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Runs what waits in one transaction, so that many appends share one flush to the disk.</summary>
internal static class GroupCommit
{
    public static void Run(SqliteSession session, IReadOnlyList<WorkItem> items)
    {
        if (TryRun(session, items, out var failure))
        {
            return;
        }

        if (items.Count == 1)
        {
            items[0].Fail(failure!);
            return;
        }

        // One of them is at fault and none was committed: each gets a transaction of its own, so that it spoils nobody's but its own.
        foreach (var item in items)
        {
            Run(session, [item]);
        }
    }

    private static bool TryRun(SqliteSession session, IReadOnlyList<WorkItem> items, out Exception? failure)
    {
        failure = null;
        var began = false;
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            began = true;
            foreach (var item in items)
            {
                item.Run(session);
            }

            session.Execute("COMMIT");
        }
        catch (Exception reason)
        {
            failure = reason;
            if (began)
            {
                RollBack(session);
            }

            return false;
        }

        foreach (var item in items)
        {
            item.Complete();
        }

        return true;
    }

    private static void RollBack(SqliteSession session)
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite rolls back on its own when the disk fails, and then says that there is no transaction.
        }
    }
}
