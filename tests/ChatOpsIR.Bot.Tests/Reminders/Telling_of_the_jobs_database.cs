using ChatOpsIR.Bot.Reminders;
using Npgsql;

namespace ChatOpsIR.Bot.Tests.Reminders;

public sealed class Telling_of_the_jobs_database
{
    [Theory]
    [InlineData("28P01", "refuses its work (28P01: no). Look at Hangfire__ConnectionString and at the rights of its user.")]
    [InlineData("3D000", "refuses its work (3D000: no). Look at Hangfire__ConnectionString and at the rights of its user.")]
    [InlineData("42501", "refuses its work (42501: no). Look at Hangfire__ConnectionString and at the rights of its user.")]
    [InlineData("57P03", "does not answer (57P03: no).")]
    public void says_what_to_look_at_where_time_alone_mends_nothing(string code, string sentence)
    {
        using var log = new LogLines<JobsOutage>();
        var outage = new JobsOutage(TimeProvider.System, log);

        outage.Failed(new InvalidOperationException("Wrapped.", new PostgresException("no", "FATAL", "FATAL", code)));
        outage.Failed(new TimeoutException());

        Assert.StartsWith($"Warning: The database of Hangfire's jobs {sentence}", Assert.Single(log.Lines), StringComparison.Ordinal);
    }
}
