using System.Net;
using System.Net.Sockets;
using ChatOpsIR.Bot.Tests.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Stories;

/// <summary>The executable as an operator starts it: a wrong setting is a sentence that names it, and no stack.</summary>
public sealed class Starting_with_wrong_settings(Azurite azurite)
{
    [Theory]
    [InlineData("Storage__Provider", "AzureTable", "Storage__Provider is “AzureTable”, which is no word for it. Choose one of Sqlite, AzureTables.")]
    [InlineData("Storage__Provider", "AzureTables", "Storage__Provider=AzureTables needs one of Storage__ConnectionString")]
    [InlineData("Hangfire__Storage", "Postgres", "Hangfire__Storage is “Postgres”, which is no word for it. Choose one of InMemory, PostgreSql.")]
    [InlineData("Slack__SigningSecret", "s", "Slack__SigningSecret is set but Slack__BotToken is not.")]
    [InlineData("Slack__ApiBaseUrl", "http://", "Slack__ApiBaseUrl cannot be read. Write a whole address")]
    [InlineData("Slack__ApiBaseUrl", "slack.com", "Slack__ApiBaseUrl must be a whole address")]
    [InlineData("Pages__PublicUrl", "incidents", "Pages__PublicUrl is “incidents”")]
    [InlineData("Organisation__Id", "Acme & Sons", "Organisation__Id has to be 1 to 40")]
    [InlineData("Playground__Enabled", "perhaps", "Playground__Enabled is “perhaps”. Set it to true or false.")]
    [InlineData("Playground__Enabled", "true", "The playground runs in Development only")]
    [InlineData("Logging__LogLevel__Default", "Loud", "A setting under Logging__LogLevel is wrong")]
    [InlineData("ASPNETCORE_URLS", "5080", "ASPNETCORE_URLS names “5080”, which is no address to listen at.")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:70000", "ASPNETCORE_URLS names “http://127.0.0.1:70000”")]
    [InlineData("ASPNETCORE_URLS", "http://192.0.2.1:5080", "The bot cannot listen where ASPNETCORE_URLS says")]
    [InlineData("Hangfire__Dashboard", "perhaps", "Hangfire__Dashboard is “perhaps”. Set it to true or false.")]
    [InlineData("Storage__Provder", "AzureTables", "Storage__Provder is no setting; those of Storage are Provider, Path, ConnectionString, TableEndpoint, ClockTolerance. Correct it or take it away.")]
    [InlineData("Organization__Id", "acme", "Organization__Id is no setting: it is written Organisation__Id.")]
    [InlineData("Storage__ClockTolerance", "2", "Storage__ClockTolerance is a bare number, which would be read as days. Write it as 00:00:02 for two seconds.")]
    public async Task ends_in_a_sentence_that_names_them(string setting, string value, string sentence) => EndsIn(sentence, await Executable.RunAsync([], Free(), (setting, value)));

    [Theory]
    [InlineData("Policy__Path", "policy.yaml", "Policy__Path is set, and this release cannot read a policy from a file: it follows the one that is built in. Take it away.")]
    [InlineData("Hangfire__Dashboard", "true", "Hangfire__Dashboard is true, and this release cannot show Hangfire's dashboard. Take it away, or set it to false.")]
    [InlineData("Slack__ClientId", "1.2", "Slack__ClientId is set, and this release cannot be installed from a link (OAuth). Take it away, and give the installed app's Slack__BotToken and Slack__SigningSecret.")]
    [InlineData("Slack__ClientSecret", "s", "Slack__ClientSecret is set, and this release cannot be installed from a link")]
    [InlineData("Teams__AppId", "a", "Teams__AppId is set, and this release cannot speak to Microsoft Teams. Take it away.")]
    [InlineData("Teams__TenantId", "t", "Teams__TenantId is set, and this release cannot speak to Microsoft Teams.")]
    [InlineData("Teams__ClientSecret", "s", "Teams__ClientSecret is set, and this release cannot speak to Microsoft Teams.")]
    [InlineData("Teams__OpenIdMetadataUrl", "https://a.example/", "Teams__OpenIdMetadataUrl is set, and this release cannot speak to Microsoft Teams.")]
    [InlineData("Teams__TokenUrl", "https://a.example/", "Teams__TokenUrl is set, and this release cannot speak to Microsoft Teams.")]
    [InlineData("Teams__TeamId", "t", "Teams__TeamId is set, and this release cannot speak to Microsoft Teams.")]
    [InlineData("Teams__AllowedServiceHosts__0", "a.example", "Teams__AllowedServiceHosts__0 is set, and this release cannot speak to Microsoft Teams.")]
    [InlineData("Graph__BaseUrl", "https://a.example/", "Graph__BaseUrl is set, and this release cannot speak to Microsoft Graph. Take it away.")]
    public async Task of_later_releases_ends_in_a_sentence_that_says_what_this_one_cannot(string setting, string value, string sentence) =>
        EndsIn(sentence, await Executable.RunAsync([], Free(), (setting, value)));

    [Fact]
    public async Task ends_in_a_sentence_where_the_port_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var ended = await Executable.RunAsync([], ("ASPNETCORE_URLS", $"http://{other.LocalEndpoint}"), ("Storage__Path", ":memory:"));

        EndsIn("The bot cannot listen where ASPNETCORE_URLS says", ended);
        Assert.Contains($"{other.LocalEndpoint}", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task says_that_the_storage_account_refuses_the_key()
    {
        var right = await azurite.ConnectionStringAsync();
        var key = right.Split(';').Single(pair => pair.StartsWith("AccountKey=", StringComparison.Ordinal));
        var wrong = right.Replace(key, $"AccountKey={Convert.ToBase64String("another key"u8)}", StringComparison.Ordinal);

        EndsIn("Azure Tables cannot be opened: 403 Forbidden (AuthorizationFailure).", await Executable.RunAsync([], Free(), ("Storage__Provider", "AzureTables"), ("Storage__ConnectionString", wrong)));
    }

    [Theory]
    [InlineData("AccountNam=x;AccountKey=c2VjcmV0")]
    [InlineData("AccountKey=c2VjcmV0;AccountName")]
    [InlineData("c2VjcmV0")]
    public async Task keeps_the_key_of_an_account_whose_connection_string_is_wrong(string wrong)
    {
        var ended = await Executable.RunAsync([], Free(), ("Storage__Provider", "AzureTables"), ("Storage__ConnectionString", wrong));

        EndsIn("Storage__ConnectionString is none of a storage account, such as ", ended);
        Assert.DoesNotContain("c2VjcmV0", ended.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export INC-1", "Storage__Provider", "AzureTable", "Storage__Provider is “AzureTable”")]
    [InlineData("export INC-1", "Organisation__Id", "Acme & Sons", "Organisation__Id has to be 1 to 40")]
    [InlineData("export INC-1", "Policy__Path", "policy.yaml", "Policy__Path is set, and this release cannot read a policy from a file")]
    [InlineData("playground", "ASPNETCORE_ENVIRONMENT", "Production", "The playground runs in Development only")]
    public async Task ends_another_command_in_the_same_way(string command, string setting, string value, string sentence) =>
        EndsIn(sentence, await Executable.RunAsync(command.Split(' '), Free(), (setting, value)));

    [Fact]
    public async Task in_the_file_of_settings_are_those_of_an_export_too()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "appsettings.KeptElsewhere.json");
        await File.WriteAllTextAsync(file, """{ "Storage": { "Path": "elsewhere/record.db" } }""", TestContext.Current.CancellationToken);
        try
        {
            EndsIn("elsewhere/record.db cannot be read", await Executable.RunAsync(["export", "INC-1"], ("ASPNETCORE_ENVIRONMENT", "KeptElsewhere")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (string Name, string Value) Free() => ("ASPNETCORE_URLS", $"http://127.0.0.1:{LoopbackPort.Next()}");

    private static void EndsIn(string sentence, Finished ended)
    {
        var last = ended.Errors.TrimEnd().Split('\n')[^1];
        Assert.Contains(sentence, last, StringComparison.Ordinal);
        Assert.Equal(2, ended.ExitCode);
        Assert.DoesNotContain("   at ", ended.Text, StringComparison.Ordinal);
    }
}
