using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class Starting_with_storage_settings
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task opens_the_database_and_closes_it()
    {
        var folder = Directory.CreateTempSubdirectory("chatopsir-").FullName;
        var path = Path.Combine(folder, "deep", "record.db");
        try
        {
            using (var host = Host(("Storage:Path", path), ("Organisation:Id", "acme")))
            {
                await host.StartAsync(Token);
                Assert.True(File.Exists(path));
                var store = host.Services.GetRequiredService<IStreamStore>();
                Assert.IsType<AppendResult.Appended>(await store.AppendAsync(Incident42, Head.Empty, [Note("c1")], Token));
                await host.StopAsync(Token);
            }

            Assert.False(File.Exists($"{path}-wal"));
            using var again = SqliteStorage.OpenReadOnly(path);
            Assert.Equal("acme", again.Organisation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task works_in_memory_too()
    {
        using var host = Host(("Storage:Path", ":memory:"));

        await host.StartAsync(Token);

        Assert.Empty(await host.Services.GetRequiredService<IDirectory>().ListActiveAsync(Token));
    }

    [Theory]
    [InlineData("Storage:Provider", "AzureTables", "needs one of Storage__ConnectionString")]
    [InlineData("Storage:ConnectionString", "UseDevelopmentStorage=true", "Set Storage__Provider=AzureTables")]
    [InlineData("Storage:Path", " ", "Storage__Path is empty")]
    [InlineData("Organisation:Id", "Acme & Sons", "Organisation__Id has to be")]
    [InlineData("Organisation:Id", "", "Organisation__Id has to be")]
    public async Task refuses_wrong_ones_in_a_sentence(string setting, string value, string sentence)
    {
        using var host = Host(("Storage:Path", ":memory:"), (setting, value));

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    private static IHost Host(params (string Name, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.Services.AddRecordStorage();
        return builder.Build();
    }
}
