using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>What can become of a call to Slack.</summary>
internal enum Fate
{
    Answered,
    RateLimited,
    RefusedByServer,
    LostBefore,
    NeverAnswered,
    PerformedThenServerError,
    PerformedThenPage,
    PerformedThenDropped,
    PerformedThenSilence,
}

/// <summary>What Slack says.</summary>
internal sealed record SlackSays(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A call of Slack's Web API, or of an address that Slack handed out, on its way.</summary>
internal sealed class SlackCrossing(World world, Life life, string what, HttpRequestMessage request, Func<SlackSays> perform) : Crossing(life, what)
{
    private static readonly Fate[] Troubles =
        [Fate.RateLimited, Fate.RefusedByServer, Fate.LostBefore, Fate.NeverAnswered, Fate.PerformedThenServerError, Fate.PerformedThenPage, Fate.PerformedThenDropped, Fate.PerformedThenSilence];

    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly TaskCompletionSource<HttpResponseMessage> answer = new();

    public Task<HttpResponseMessage> Answer => answer.Task;

    public override void Arrive(Weather weather)
    {
        var fate = world.Dice.Chance(weather.ChatTrouble) ? world.Dice.Pick(Troubles) : Fate.Answered;
        switch (fate)
        {
            case Fate.RateLimited:
                Say(fate, new SlackSays(429, new Dictionary<string, string> { ["Retry-After"] = $"{1 + world.Dice.Below(20)}" }, """{"ok":false,"error":"ratelimited"}"""u8.ToArray()));
                break;
            case Fate.RefusedByServer:
                Say(fate, new SlackSays(world.Dice.Chance(0.5) ? 500 : 503, NoHeaders, []));
                break;
            case Fate.LostBefore:
                Drop(fate, "");
                break;
            case Fate.NeverAnswered:
                world.Trace.Say($"slack {What}: {fate}");
                break;
            case Fate.PerformedThenServerError:
                Said(perform());
                Say(fate, new SlackSays(502, NoHeaders, []));
                break;
            case Fate.PerformedThenPage:
                Said(perform());
                Say(fate, new SlackSays(200, NoHeaders, "<html><body>Something went wrong.</body></html>"u8.ToArray()));
                break;
            case Fate.PerformedThenDropped:
                Drop(fate, Said(perform()));
                break;
            case Fate.PerformedThenSilence:
                world.Trace.Say($"slack {What}: {fate} {Said(perform())}");
                break;
            default:
                Say(fate, perform());
                break;
        }
    }

    /// <summary>
    /// A caller who gives up hangs up: Slack has the request by then, or never gets it. One that Slack carries out long after nobody
    /// waits for it any more, and after somebody looked for it in vain, is beyond any client of Slack.
    /// </summary>
    public void GiveUpWith(CancellationToken patience) => patience.UnsafeRegister(
        _ =>
        {
            world.OnThread($"{What} is given up");
            if (!Life.Over && world.Crossings.Remove(this))
            {
                world.Trace.Say($"slack {What}: given up");
                ArriveUnheard();
            }
        },
        null);

    public override void ArriveUnheard()
    {
        if (world.Dice.Chance(0.5))
        {
            world.Trace.Say($"slack {What}: nobody hears it {Said(perform())}");
        }
    }

    private void Say(Fate fate, SlackSays says)
    {
        world.Trace.Say($"slack {What}: {fate} {Said(says)}");
        var response = new HttpResponseMessage((HttpStatusCode)says.Status)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(says.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        foreach (var (name, value) in says.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        Life.Reach(world.Time, () => answer.TrySetResult(response));
    }

    private void Drop(Fate fate, string said)
    {
        world.Trace.Say($"slack {What}: {fate} {said}");
        Life.Reach(world.Time, () => answer.TrySetException(new HttpRequestException("The simulated line broke.")));
    }

    private static string Said(SlackSays says)
    {
        var body = Encoding.UTF8.GetString(says.Body);
        return $"{says.Status} {(body.Length > 90 ? body[..90] : body)}";
    }
}
