using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>One method: its tier (calls per minute and burst), whether it reads JSON bodies, what scope it needs, what it does.</summary>
internal sealed record ApiMethod(int Tier, bool ReadsJson, Scopes.Rule Scope, Func<ApiArguments, JsonObject> Run);

/// <summary>The Web API: finds the method, checks token, scopes and rate, and wraps the answer.</summary>
internal sealed class WebApi
{
    private const double PostsPerMinute = 60;
    private const double PostBurst = 10;
    private const double WorkspacePostsPerMinute = 400;

    private static readonly Dictionary<int, int> PerMinute = new() { [1] = 1, [2] = 20, [3] = 50, [4] = 100 };

    private readonly WorkspaceState state;
    private readonly TokenBuckets buckets = new();
    private readonly Dictionary<string, ApiMethod> methods;

    public WebApi(WorkspaceState state, Events events, Room room, Posts posts)
    {
        this.state = state;
        methods = new IEnumerable<KeyValuePair<string, ApiMethod>>[]
        {
            new ConversationMethods(state, room).All(),
            new HistoryMethods(state).All(),
            new ChatMethods(state, posts, events).All(),
            new ViewMethods(state).All(),
            new PeopleMethods(state).All(),
            new DecorationMethods(state, posts).All(),
        }.SelectMany(group => group).ToDictionary();
    }

    public ApiResponse Call(string method, string? token, JsonObject arguments, bool fromJson)
    {
        if (!methods.TryGetValue(method, out var found))
        {
            return Refused(200, new JsonObject { ["error"] = "unknown_method", ["req_method"] = method }, []);
        }

        if (token != state.Settings.BotToken)
        {
            return Refused(200, new JsonObject { ["error"] = string.IsNullOrEmpty(token) ? "not_authed" : "invalid_auth" }, []);
        }

        Dictionary<string, string> headers = new() { ["x-oauth-scopes"] = string.Join(',', state.Settings.BotScopes) };
        var given = new ApiArguments(fromJson && !found.ReadsJson ? [] : arguments);
        if (state.Settings.RateLimits && Limited(method, found, given) is { } seconds)
        {
            foreach (var (name, value) in TokenBuckets.RetryAfter(seconds))
            {
                headers[name] = value;
            }

            return Refused(429, new JsonObject { ["error"] = "ratelimited" }, headers);
        }

        try
        {
            CheckScope(found, given);
            var answer = new JsonObject { ["ok"] = true };
            foreach (var (name, value) in found.Run(given))
            {
                answer[name] = value?.DeepClone();
            }

            headers["x-accepted-oauth-scopes"] = string.Join(',', found.Scope(ChannelKind.Public));
            return new ApiResponse(200, headers, Encoding.UTF8.GetBytes(answer.ToJsonString()));
        }
        catch (SlackRefusal refusal)
        {
            var answer = new JsonObject { ["error"] = refusal.Error };
            foreach (var (name, value) in refusal.More ?? [])
            {
                answer[name] = value?.DeepClone();
            }

            return Refused(200, answer, headers);
        }
    }

    private int? Limited(string method, ApiMethod found, ApiArguments given)
    {
        if (found.Tier > 0)
        {
            var rate = PerMinute[found.Tier];
            return buckets.Take(method, rate, rate, state.Now);
        }

        return method == "chat.postMessage"
            ? buckets.Take($"{method}:{given.Text("channel")}", PostsPerMinute, PostBurst, state.Now)
                ?? buckets.Take(method, WorkspacePostsPerMinute, WorkspacePostsPerMinute, state.Now)
            : null;
    }

    private void CheckScope(ApiMethod found, ApiArguments given)
    {
        var kind = given.Text("channel") is { } id && state.Channels.TryGetValue(id, out var channel) ? channel.Kind
            : given.Flag("is_private") ? ChannelKind.Private
            : ChannelKind.Public;
        var needed = found.Scope(kind);
        if (needed.Length > 0 && !needed.Any(state.Settings.BotScopes.Contains))
        {
            throw new SlackRefusal("missing_scope", new JsonObject
            {
                ["needed"] = string.Join(',', needed),
                ["provided"] = string.Join(',', state.Settings.BotScopes),
            });
        }
    }

    private static ApiResponse Refused(int status, JsonObject answer, Dictionary<string, string> headers)
    {
        answer.Insert(0, "ok", false);
        return new ApiResponse(status, headers, Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }
}
