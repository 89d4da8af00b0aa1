using Azure.Core;
using Azure.Identity;

namespace ChatOpsIR.Storage.Tables;

/// <summary>Who this machine is known as. Without a token no request leaves it, so that is an outage of the store too.</summary>
internal sealed class WatchedIdentity(TokenCredential identity, StoreOutage outage, TimeProvider time) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        try
        {
            return identity.GetToken(requestContext, cancellationToken);
        }
        catch (AuthenticationFailedException nobody)
        {
            outage.Failed(asked, WhyOf(nobody));
            throw;
        }
    }

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        try
        {
            return await identity.GetTokenAsync(requestContext, cancellationToken);
        }
        catch (AuthenticationFailedException nobody)
        {
            outage.Failed(asked, WhyOf(nobody));
            throw;
        }
    }

    /// <summary>The first line of it: the rest lists every kind of identity that was tried.</summary>
    public static string WhyOf(AuthenticationFailedException nobody) => $"no managed identity: {nobody.Message.Split('\n')[0].TrimEnd('\r', '.')}";
}
