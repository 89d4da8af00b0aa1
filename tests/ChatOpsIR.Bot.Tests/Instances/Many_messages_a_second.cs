using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Bot.Tests.Storage.Tables;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Instances;

/// <summary>
/// One room, heard by three instances at once. Events leave at their own times, whether those before them were answered or not, and are
/// timed from the moment they should have left; one that is refused is sent again at once, as Slack does, and its time goes on. By hand, with
/// <c>INSTANCES=all</c>, it is fifty a second for a minute, and their times have to keep the goal; otherwise a few, of which none may be lost.
/// </summary>
[Collection(nameof(Many_messages_a_second))]
public sealed class Many_messages_a_second(Azurite azurite, ITestOutputHelper output)
{
    private const int Tries = 20;
    private static readonly bool Timed = Environment.GetEnvironmentVariable("INSTANCES") is "all";
    private static readonly int Rate = Timed ? 50 : 10;
    private static readonly int WarmUp = Timed ? 10 * Rate : 0;
    private static readonly int Messages = (Timed ? 60 : 5) * Rate;
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<int, int> refused = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task in_one_room_are_each_recorded_by_three_instances()
    {
        await using var world = new InstanceWorld(azurite);
        await world.InitializeAsync();
        var name = await world.WarRoomAsync("mara", "Everybody talks");
        var room = world.Workspace.Look().Channel(name)!;
        var author = world.Workspace.Look().Person("mara")!.Id;
        using var http = new HttpClient { BaseAddress = world.Balancer.Address };

        var start = TimeProvider.System.GetUtcNow();
        var sent = await Task.WhenAll(Enumerable.Range(0, WarmUp + Messages).Select(nth => SendAsync(http, room.Id, author, start + (nth * TimeSpan.FromSeconds(1) / Rate))));
        var times = sent[WarmUp..].Select(one => one.Took).Order().ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Messages} messages at {Rate}/s: p50 {At(0.5)}, p95 {At(0.95)}, p99 {At(0.99)}, most {At(1)}; {sent.Count(one => one.Tries > 1)} were sent again."));

        output.WriteLine($"Refused: {string.Join(", ", refused.Select(answer => $"{answer.Value} times with {answer.Key}"))}.");
        var record = await world.LookAsync();
        Assert.Empty(ChainRules.Broken(record));
        var recorded = record.Incidents.Single().Entries.Select(entry => entry.Fact).OfType<ChatRecord>().Select(said => said.MessageId).ToHashSet(StringComparer.Ordinal);
        Assert.All(sent, one => Assert.Contains(one.Ts, recorded));
        Assert.True(!Timed || times[(int)(0.99 * Messages)] < Goal, $"The slowest hundredth took longer than {Goal}.");

        string At(double share) => $"{times[Math.Min(Messages - 1, (int)(share * Messages))].TotalMilliseconds:0} ms";
    }

    private async Task<(string Ts, TimeSpan Took, int Tries)> SendAsync(HttpClient http, string room, string author, DateTimeOffset at)
    {
        if (at - TimeProvider.System.GetUtcNow() is var early && early > TimeSpan.Zero)
        {
            await Task.Delay(early, TimeProvider.System, Ct);
        }

        var ts = string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.{at.Ticks % TimeSpan.TicksPerSecond / 10:D6}");
        var body = Encoding.UTF8.GetBytes(EventOf(room, author, ts).ToJsonString());
        for (var tries = 1; ; tries++)
        {
            using var answer = await http.SendAsync(Signed(body), Ct);
            if (answer.IsSuccessStatusCode)
            {
                return (ts, TimeProvider.System.GetUtcNow() - at, tries);
            }

            refused.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
            Assert.True(tries < Tries, $"The message {ts} was refused {tries} times, at last with {(int)answer.StatusCode}.");
        }
    }

    private static JsonObject EventOf(string room, string author, string ts) => new()
    {
        ["team_id"] = WorkspaceState.TeamId,
        ["api_app_id"] = WorkspaceState.AppId,
        ["type"] = "event_callback",
        ["event_id"] = $"Ev{ts}",
        ["event"] = new JsonObject
        {
            ["type"] = "message",
            ["channel"] = room,
            ["channel_type"] = "channel",
            ["user"] = author,
            ["text"] = $"Said at {ts}",
            ["ts"] = ts,
            ["event_ts"] = ts,
        },
    };

    private static HttpRequestMessage Signed(byte[] body)
    {
        var (timestamp, signature) = RequestSigner.Sign(new PlaygroundOptions().SigningSecret, body, TimeProvider.System.GetUtcNow());
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/slack/events", UriKind.Relative))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", signature);
        return request;
    }
}

/// <summary>Three bots, a database and all that load keep two cores busy: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(Many_messages_a_second), DisableParallelization = true)]
public sealed class TimedAlone;
