using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>The line from one run of the bot to the workspace, in the place of the network.</summary>
internal sealed class SimulatedSlack(World world, Life life) : HttpMessageHandler
{
    public const string Api = "http://127.0.0.1/playground/slack/api/";
    public const string Responses = "http://127.0.0.1/playground/slack/response/";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.AbsoluteUri;
        world.OnThread($"slack {address}");
        if (life.Over)
        {
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        }

        var (arguments, isJson) = Read(request.Content!);
        var crossing = address.StartsWith(Responses, StringComparison.Ordinal)
            ? new SlackCrossing(world, life, "response url", request, () => Respond(address[Responses.Length..], arguments))
            : Call(address[Api.Length..], request, arguments, isJson);
        world.Crossings.Add(crossing);
        if (request.Options.TryGetValue(LettingGo.Patience, out var patience))
        {
            crossing.GiveUpWith(patience);
        }

        return crossing.Answer;
    }

    private SlackCrossing Call(string method, HttpRequestMessage request, JsonObject arguments, bool isJson)
    {
        var token = request.Headers.Authorization?.Parameter;
        return new SlackCrossing(world, life, $"{method} {Brief(arguments)}", request, () =>
        {
            var response = world.Workspace.Call(method, token, arguments, isJson);
            return new SlackSays(response.Status, response.Headers, response.Body);
        });
    }

    private SlackSays Respond(string id, JsonObject arguments)
    {
        var (status, body) = world.Workspace.Respond(id, arguments);
        return new SlackSays(status, new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body));
    }

    // Everything the bot sends lies in memory, so reading it never waits.
    private static (JsonObject Arguments, bool IsJson) Read(HttpContent content)
    {
        var text = Encoding.UTF8.GetString(content.ReadAsByteArrayAsync().GetAwaiter().GetResult());
        if (content.Headers.ContentType?.MediaType is "application/json")
        {
            return (JsonNode.Parse(text)!.AsObject(), true);
        }

        var fields = new JsonObject();
        foreach (var (name, value) in new FormReader(text).ReadForm())
        {
            fields[name] = value.ToString();
        }

        return (fields, false);
    }

    private static string Brief(JsonObject arguments) => string.Join(' ', new[] { "channel", "name", "user", "users", "ts", "text" }
        .Select(name => arguments[name]?.ToString()).OfType<string>().Select(value => value.Length > 60 ? value[..60] : value));
}

/// <summary>
/// Lets a caller who gives up go at once, and the call run on: the retry library waits with the framework's delay, which leaves the
/// thread when it is called off.
/// </summary>
internal sealed class LettingGo : DelegatingHandler
{
    /// <summary>How the far end of the line learns that nobody waits any more.</summary>
    public static readonly HttpRequestOptionsKey<CancellationToken> Patience = new("simulated patience");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(Patience, cancellationToken);
        return base.SendAsync(request, CancellationToken.None).WaitAsync(cancellationToken);
    }
}
