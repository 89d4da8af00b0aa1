using System.ComponentModel.DataAnnotations;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

/// <summary>A storage account that is reached by its address, as this machine's managed identity.</summary>
public sealed class As_this_machine : IDisposable
{
    private static readonly Uri Account = new("https://acme.table.core.windows.net");
    private readonly LogLines<TableStorage> log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task the_account_is_asked_with_the_identitys_token()
    {
        using var account = new Recording();
        var table = TableOf(new Identity(), account);

        await Assert.ThrowsAsync<StoreException>(() => table.FindAsync("p", "r", Token));

        Assert.Equal("Bearer token-of-acme", Assert.Single(account.Authorizations));
    }

    [Fact]
    public async Task an_identity_that_cannot_be_had_is_a_store_that_does_not_answer()
    {
        var identity = new Identity { IsGone = true };
        using var account = new Recording();
        var table = TableOf(identity, account);
        for (var request = 0; request < 3; request++)
        {
            var problem = await Assert.ThrowsAsync<StoreException>(() => table.FindAsync("p", "r", Token));
            Assert.Equal("Azure Tables was not asked: no managed identity: The identity endpoint is silent", problem.Message);
        }

        Assert.Empty(account.Authorizations);
        Assert.Contains("Warning: The store stopped answering (no managed identity: The identity endpoint is silent).", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://acme.table.core.windows.net", null, null)]
    [InlineData("https://acme.table.core.windows.net", "UseDevelopmentStorage=true", "and not both")]
    [InlineData(null, null, "and not both")]
    [InlineData("http://acme.table.core.windows.net", null, "has to be an https address")]
    [InlineData("acme", null, "has to be an https address")]
    public void an_address_is_taken_alone_and_encrypted(string? endpoint, string? connectionString, string? refusal)
    {
        var options = new StorageOptions
        {
            Provider = StorageProvider.AzureTables,
            TableEndpoint = endpoint is null ? null : new Uri(endpoint, UriKind.RelativeOrAbsolute),
            ConnectionString = connectionString,
        };

        var refused = options.Validate(new ValidationContext(options)).ToArray();

        Assert.Equal(refusal is null ? 0 : 1, refused.Length);
        Assert.All(refused, one => Assert.Contains(refusal!, one.ErrorMessage, StringComparison.Ordinal));
    }

    public void Dispose() => log.Dispose();

    private StoreTable TableOf(TokenCredential identity, HttpPipelineTransport account) =>
        new(new TableClients(new TableSettings("acme") { Endpoint = Account, Identity = identity, Transport = account, Log = log }).Answering.GetTableClient("record"));

    private sealed class Identity : TokenCredential
    {
        public bool IsGone { get; init; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => IsGone
            ? throw new AuthenticationFailedException("The identity endpoint is silent.\r\n- and a long list of what else was tried")
            : new AccessToken("token-of-acme", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Remembers who asked, and lets nobody through.</summary>
    private sealed class Recording : HttpPipelineTransport, IDisposable
    {
        private readonly HttpClientTransport road = new();

        public List<string> Authorizations { get; } = [];

        public void Dispose() => road.Dispose();

        public override Request CreateRequest() => road.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message)
        {
            Authorizations.Add(message.Request.Headers.TryGetValue("Authorization", out var who) ? who : "");
            throw new Azure.RequestFailedException("Nobody is let through.");
        }
    }
}
