using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

/// <summary>Whoever reads the log learns of a store that is out from one line, and from another that it is back.</summary>
public sealed class Telling_of_an_outage(Azurite azurite) : IDisposable
{
    private readonly Troubles troubles = new();
    private readonly LogLines<TableStorage> log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Trouble.Busy), "503 Server busy")]
    [InlineData(nameof(Trouble.Lost), "no answer in time")]
    [InlineData(nameof(Trouble.Broken), "The connection broke.")]
    public async Task says_once_that_the_store_is_out_and_once_that_it_is_back(string trouble, string why)
    {
        using var storage = await OpenAsync();
        troubles.Choose = (_, _) => Enum.Parse<Trouble>(trouble);
        for (var request = 0; request < 3; request++)
        {
            await Assert.ThrowsAsync<StoreException>(() => AskAsync(storage));
        }

        Assert.Contains($"Warning: The store stopped answering ({why}).", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.True(storage.IsOut);

        troubles.Choose = (_, _) => Trouble.None;
        await AskAsync(storage);
        await AskAsync(storage);

        Assert.Equal(2, log.Lines.Count);
        Assert.StartsWith("Warning: The store answers again, after ", log.Lines[1], StringComparison.Ordinal);
        Assert.False(storage.IsOut);
    }

    [Fact]
    public async Task says_nothing_of_one_request_that_fails()
    {
        using var storage = await OpenAsync();
        troubles.Choose = (_, before) => before % 2 == 0 ? Trouble.Busy : Trouble.None;
        for (var request = 0; request < 3; request++)
        {
            await Assert.ThrowsAsync<StoreException>(() => AskAsync(storage));
            await AskAsync(storage);
        }

        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task says_nothing_of_requests_that_are_called_off()
    {
        using var storage = await OpenAsync();
        troubles.Choose = (_, _) => Trouble.Lost;
        for (var request = 0; request < 3; request++)
        {
            using var stopping = new CancellationTokenSource();
            var asked = storage.Streams.ReadAsync(new IncidentId(42).Stream, 0, 10, stopping.Token);
            await stopping.CancelAsync();
            await Assert.ThrowsAsync<StoreException>(() => asked);
        }

        Assert.Empty(log.Lines);
    }

    public void Dispose() => troubles.Dispose();

    private static async Task AskAsync(TableStorage storage) => await storage.Streams.ReadAsync(new IncidentId(42).Stream, 0, 10, Token);

    private async Task<TableStorage> OpenAsync() =>
        TableStorage.Open(await Accounts.SettingsAsync(azurite, TimeProvider.System) with { Transport = troubles, Log = log });
}
