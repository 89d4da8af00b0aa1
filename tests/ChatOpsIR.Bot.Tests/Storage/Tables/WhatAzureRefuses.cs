using Azure;
using Azure.Data.Tables;
using ChatOpsIR.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

/// <summary>The emulator takes much of this, and the guard in front of it does not.</summary>
public sealed class What_Azure_refuses
{
    private const int Chunk = 64 * 1024;

    public static TheoryData<string, char> ForbiddenInKeys => new()
    {
        { "slash", '/' }, { "backslash", '\\' }, { "hash", '#' }, { "question mark", '?' }, { "null", '\0' }, { "tab", '\t' },
        { "line feed", '\n' }, { "last of the first controls", '\u001f' }, { "delete", '\u007f' }, { "last of the second controls", '\u009f' },
    };

    [Theory]
    [MemberData(nameof(ForbiddenInKeys))]
    public void is_a_key_with_a_forbidden_character(string _, char letter)
    {
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity($"a{letter}b", "row")));
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("partition", $"a{letter}b")));
        EntityGuard.Check(new TableEntity("partition", StoreRows.Name($"a{letter}b")));
    }

    [Fact]
    public void is_a_key_of_more_than_512_characters()
    {
        EntityGuard.Check(new TableEntity("partition", new string('k', 512)));
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("partition", new string('k', 513))));
        EntityGuard.Check(new TableEntity("partition", StoreRows.Name(new string('ü', 5000))));
    }

    [Fact]
    public void is_a_property_of_more_than_64_KiB()
    {
        EntityGuard.Check(new TableEntity("p", "r") { ["data"] = new byte[Chunk] });
        EntityGuard.Check(new TableEntity("p", "r") { ["text"] = new string('x', Chunk / 2) });
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("p", "r") { ["data"] = new byte[Chunk + 1] }));
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("p", "r") { ["text"] = new string('x', (Chunk / 2) + 1) }));
    }

    [Fact]
    public void is_a_253rd_property()
    {
        EntityGuard.Check(Row("r", 252, i => i));
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(Row("r", 253, i => i)));
    }

    [Fact]
    public void is_a_row_of_more_than_a_mebibyte()
    {
        EntityGuard.Check(Row("r", 15, _ => new byte[Chunk]));
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(Row("r", 17, _ => new byte[Chunk])));
    }

    [Fact]
    public void is_a_row_that_only_its_overhead_takes_over_a_mebibyte()
    {
        // 4 for the row, 8 for each property with 2 for each letter of its name, 4 for the length of each text and each binary.
        EntityGuard.Check(Filled(rest: 0));
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(Filled(rest: 1)));

        static TableEntity Filled(int rest)
        {
            var row = Row("r", 15, _ => new byte[Chunk]);
            var names = row.Where(property => property.Key is ['p', _, ..]).Sum(property => 2 * property.Key.Length);
            row["text"] = "ab";
            row["last"] = new byte[Chunk - 4 - (2 * ("p".Length + "r".Length)) - names - (17 * (8 + 4)) - (2 * "text".Length) - (2 * "last".Length) - (2 * "ab".Length) + rest];
            return row;
        }
    }

    [Fact]
    public void is_half_a_character_which_would_come_back_as_another()
    {
        foreach (var name in new[] { "A\ud83d", "\ude00A", "\ude00\ud83d" })
        {
            Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("p", "r") { ["name"] = name }));
            Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("p", name)));
        }

        EntityGuard.Check(new TableEntity("p", "\ud83d\ude00") { ["name"] = "A\ud83d\ude00" });
    }

    [Fact]
    public void is_a_date_before_1601()
    {
        EntityGuard.Check(new TableEntity("p", "r") { ["at"] = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("p", "r") { ["at"] = new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero) }));
    }

    [Fact]
    public void is_a_property_whose_name_is_none_or_whose_type_it_does_not_know()
    {
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("p", "r") { ["previous-hash"] = "x" }));
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("p", "r") { [new string('n', 256)] = "x" }));
        Assert.Throws<ArgumentException>(() => EntityGuard.Check(new TableEntity("p", "r") { ["price"] = 1.5m }));
    }

    [Fact]
    public void is_a_transaction_of_more_than_a_hundred_rows_or_of_none()
    {
        EntityGuard.CheckTransaction([.. Rows(100)]);
        Assert.Throws<ArgumentException>(() => EntityGuard.CheckTransaction([.. Rows(101)]));
        Assert.Throws<ArgumentException>(() => EntityGuard.CheckTransaction([]));
    }

    [Fact]
    public void is_a_transaction_over_two_partitions_or_twice_over_one_row()
    {
        Assert.Throws<ArgumentException>(() => EntityGuard.CheckTransaction([new TableEntity("p", "1"), new TableEntity("q", "2")]));
        Assert.Throws<ArgumentException>(() => EntityGuard.CheckTransaction([new TableEntity("p", "1"), new TableEntity("p", "1")]));
    }

    // Two million characters, each of which travels as six.
    [Theory]
    [InlineData('é')]
    [InlineData('\'')]
    [InlineData('<')]
    public void is_a_transaction_of_text_that_is_four_mebibytes_once_it_is_escaped(char letter) => Assert.Throws<ArgumentException>(
        () => EntityGuard.CheckTransaction([.. Enumerable.Range(0, 5).Select(i => Row($"{i}", 6, _ => new string(letter, 32 * 1024)))]));

    [Fact]
    public void is_a_transaction_of_four_mebibytes_as_it_is_encoded()
    {
        // 3.2 MiB of bytes are 4.3 MiB in base64.
        Assert.Throws<ArgumentException>(() => EntityGuard.CheckTransaction([.. Enumerable.Range(0, 4).Select(i => Row($"{i}", 13, _ => new byte[Chunk]))]));
        EntityGuard.CheckTransaction([.. Enumerable.Range(0, 3).Select(i => Row($"{i}", 13, _ => new byte[Chunk]))]);
    }

    public static TheoryData<string> Writes => ["insert", "insert all", "put", "merge", "replace"];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task is_never_sent(string write)
    {
        var token = TestContext.Current.CancellationToken;
        using var sent = new Troubles();
        var table = new StoreTable(new TableClients(Nowhere with { Transport = sent }).Working.GetTableClient("record"));
        var row = new TableEntity("p", "r") { ["data"] = new byte[Chunk + 1] };

        await Assert.ThrowsAsync<ArgumentException>(() => write switch
        {
            "insert" => table.TryInsertAsync(row, token),
            "insert all" => table.TryInsertAllAsync([row], token),
            "put" => table.PutAsync(row, token),
            "merge" => table.MergeAsync(row, token),
            _ => table.TryReplaceAsync(row, new ETag("*"), token),
        });

        Assert.Empty(sent.Requests);
    }

    private static TableSettings Nowhere => new("acme")
    {
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=acme;AccountKey={Convert.ToBase64String(new byte[32])};TableEndpoint=http://127.0.0.1:9/acme",
    };

    private static IEnumerable<TableEntity> Rows(int count) => Enumerable.Range(0, count).Select(i => new TableEntity("p", $"{i}"));

    private static TableEntity Row(string name, int properties, Func<int, object> value)
    {
        var row = new TableEntity("p", name);
        for (var i = 0; i < properties; i++)
        {
            row[$"p{i}"] = value(i);
        }

        return row;
    }
}
