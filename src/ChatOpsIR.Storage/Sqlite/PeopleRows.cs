using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>The rows of people as last seen.</summary>
internal static class PeopleRows
{
    public static Person? Find(SqliteSession session, PersonId person, DateTimeOffset notBefore, DateTimeOffset notAfter) => session.First(
        """
        SELECT name, email, kind, full_name FROM people
        WHERE platform = $platform AND workspace = $workspace AND account = $account AND seen_at > $not_before AND seen_at <= $not_after
        """,
        row => new Person(person, row.GetString(0), row.TextOrNull(1), StoredWords<PersonKind>.Read(row.GetString(2))) { FullName = row.TextOrNull(3) },
        ("$platform", person.Platform),
        ("$workspace", person.Workspace),
        ("$account", person.User),
        ("$not_before", Times.Write(notBefore)),
        ("$not_after", Times.Write(notAfter)));

    public static int Put(SqliteSession session, Person person, DateTimeOffset now) => session.Execute(
        """
        INSERT OR REPLACE INTO people (platform, workspace, account, name, email, kind, full_name, seen_at)
        VALUES ($platform, $workspace, $account, $name, $email, $kind, $full_name, $now)
        """,
        ("$platform", person.Id.Platform),
        ("$workspace", person.Id.Workspace),
        ("$account", person.Id.User),
        ("$name", person.Name),
        ("$email", person.Email),
        ("$kind", StoredWords<PersonKind>.Write(person.Kind)),
        ("$full_name", person.FullName),
        ("$now", Times.Write(now)));
}
