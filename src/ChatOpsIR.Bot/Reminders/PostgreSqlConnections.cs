using Hangfire.PostgreSql;
using Npgsql;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>
/// Hangfire's connections to PostgreSQL. The schema is prepared by the first that comes through, be the database there at the start or
/// only later; and again when it is found to be gone.
/// </summary>
internal sealed class PostgreSqlConnections(string connectionString, string schema, TimeProvider time) : IConnectionFactory
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly string settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "ChatOpsIR" }.ConnectionString;
    private readonly Lock gate = new();
    private DateTimeOffset? prepared;

    /// <summary>The organisation's own schema: of two that share a database, one would run the other's jobs.</summary>
    public static string SchemaOf(string organisation) => $"chatopsir_{organisation.Replace('-', '_')}";

    public NpgsqlConnection GetOrCreateConnection()
    {
        lock (gate)
        {
            if (prepared is not { } last || time.GetUtcNow() - last > LookEvery)
            {
                Prepare(mayBeOld: prepared is null);
                prepared = time.GetUtcNow();
            }
        }

        return new NpgsqlConnection(settings);
    }

    private void Prepare(bool mayBeOld)
    {
        // Outside the pool, so that closing it ends the lock too.
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings) { Pooling = false }.ConnectionString);
        connection.Open();
        if (!mayBeOld && IsThere(connection))
        {
            return;
        }

        // Two instances that start together would be in each other's way.
        Ask(connection, "SELECT pg_advisory_lock(hashtext(@schema))");
        PostgreSqlObjectsInstaller.Install(connection, schema);
        if (!IsThere(connection))
        {
            // The installer writes its troubles to the log and goes on.
            throw new NpgsqlException($"Hangfire's tables could not be made in the schema {schema}.");
        }
    }

    private bool IsThere(NpgsqlConnection connection) => Ask(connection, "SELECT to_regclass(quote_ident(@schema) || '.jobqueue') IS NOT NULL") is true;

    private object? Ask(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("schema", schema);
        return command.ExecuteScalar();
    }
}
