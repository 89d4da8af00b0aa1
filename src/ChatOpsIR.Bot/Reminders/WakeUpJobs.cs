using Hangfire;
using Hangfire.Storage;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>
/// One Hangfire job per due bucket, which it carries: what is due is asked of the streams when it runs. A mark beside the job tells the
/// other instances that the bucket has one; two that ask at the same moment make two jobs, and the second finds nothing to do.
/// </summary>
internal sealed class WakeUpJobs(JobStorage storage, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    private static readonly TimeSpan MarkOutlives = TimeSpan.FromHours(1);

    // Two instances, each up to two seconds off the store's clock.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(5);

    public void Schedule(DateTimeOffset bucket)
    {
        using var connection = storage.GetConnection();
        var mark = $"wake-up:{bucket.ToUnixTimeSeconds()}";
        if (!MayHaveRun(bucket) && connection is JobStorageConnection marks && marks.GetSetCount(mark) > 0)
        {
            return;
        }

        // Hangfire cuts a due time down to its second and so may run early; a bucket is a whole second already.
        jobs.Schedule<DueJob>(job => job.RunAsync(bucket, CancellationToken.None), bucket);

        // The mark comes second: a job without one is made twice at worst, a mark without a job would be a wake-up lost.
        using var writing = connection.CreateWriteTransaction();
        writing.AddToSet(mark, "made");
        if (writing is JobStorageTransaction transaction)
        {
            var left = bucket - time.GetUtcNow();
            transaction.ExpireSet(mark, (left > TimeSpan.Zero ? left : TimeSpan.Zero) + MarkOutlives);
        }

        writing.Commit();
    }

    // On an instance whose clock is ahead of this one. What it did not find it does not tell, and it does not come again.
    private bool MayHaveRun(DateTimeOffset bucket) => bucket - time.GetUtcNow() < ClocksDiffer;
}
