using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace ChatOpsIR.Bot.Tests.Instances;

/// <summary>
/// Each instance's own line to Slack. It can be held: what the instance asks then stands at Slack's door, not carried out, until it is
/// let through. That is how a process that is stopped in the middle of a call looks from outside.
/// </summary>
internal sealed class SlackLine
{
    private const string Prefix = "/instance-";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Hold? held;

    /// <summary>Where an instance finds Slack's Web API, below the workspace's address.</summary>
    public static string PathOf(int instance) => $"{Prefix}{instance}/playground/slack/api/";

    /// <summary>Keeps every call of a method that comes from whichever instance makes the first such call, until the hold is let go.</summary>
    public Hold Keep(string method) => held = new Hold(method);

    public async Task PassAsync(HttpContext context, RequestDelegate onwards)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.StartsWith(Prefix, StringComparison.Ordinal) && path.IndexOf('/', Prefix.Length) is > 0 and var end)
        {
            context.Request.Path = path[end..];
            var instance = int.Parse(path[Prefix.Length..end], CultureInfo.InvariantCulture);
            if (HoldOf(instance, path) is { } hold)
            {
                // What stands at the door is carried out, also when whoever sent it is dead by then.
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                body.Position = 0;
                (context.Request.Body, context.RequestAborted) = (body, CancellationToken.None);
                hold.Catch();
                await hold.LetGo;
                await onwards(context);
                return;
            }
        }

        await onwards(context);
    }

    private Hold? HoldOf(int instance, string path) =>
        held is { LetGo.IsCompleted: false } hold && path.EndsWith($"/{hold.Method}", StringComparison.Ordinal) && hold.IsFor(instance) ? hold : null;

    internal sealed class Hold(string method)
    {
        private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Channel<int> calls = Channel.CreateUnbounded<int>();
        private int caught;

        public string Method => method;

        public Task LetGo => open.Task;

        public void LetThrough() => open.TrySetResult();

        /// <summary>Waits until so many calls stand at the door; gives the instance that made them.</summary>
        public async Task<int> CatchesAsync(int count, CancellationToken ct)
        {
            var instance = 0;
            for (var one = 0; one < count; one++)
            {
                instance = await calls.Reader.ReadAsync(ct).AsTask().WaitAsync(Patience, ct);
            }

            return instance;
        }

        public bool IsFor(int instance) => Interlocked.CompareExchange(ref caught, instance, 0) is var first && (first == 0 || first == instance);

        public void Catch() => calls.Writer.TryWrite(caught);
    }
}
