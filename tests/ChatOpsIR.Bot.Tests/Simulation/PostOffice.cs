using System.Text;
using ChatOpsIR.Playground;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Something that Slack has to tell the bot.</summary>
internal sealed class Letter(Delivery delivery)
{
    public Delivery Delivery => delivery;

    public int Tries { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    /// <summary>It got stuck on Slack's side.</summary>
    public bool Late { get; set; }

    /// <summary>The run of the bot that has it in hand; null while it waits.</summary>
    public Life? With { get; set; }

    public string Name => $"{delivery.Kind} {delivery.Id}";
}

/// <summary>
/// Carries what happens in the workspace to the bot, as Slack does: events come again until they were taken, now and then twice and
/// out of order; commands and buttons come once, because somebody is looking at them.
/// </summary>
internal sealed class PostOffice(World world)
{
    private static readonly TimeSpan SlackWaits = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan[] Again = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private readonly List<Letter> letters = [];

    /// <summary>Told of every answer to something that a person did.</summary>
    public event Action<Delivery, BotAnswer>? Answered;

    public bool IsEmpty => letters.Count == 0;

    /// <summary>Nothing is left but what Slack sends a day late.</summary>
    public bool IsOnlyLate => letters.Count > 0 && letters.TrueForAll(letter => letter is { Late: true, Tries: 0, With: null });

    /// <summary>When the next letter that is not under way may be carried.</summary>
    public DateTimeOffset? NextDue => letters.Where(letter => letter.With is null).Select(letter => (DateTimeOffset?)letter.NotBefore).Min();

    private List<Letter> Ready => [.. letters.Where(letter => letter.With is null && letter.NotBefore <= world.Time.GetUtcNow())];

    public bool IsAnyReady => Ready.Count > 0;

    /// <summary>How many may be carried now.</summary>
    public int ReadyCount => Ready.Count;

    public void Collect() => letters.AddRange(world.Workspace.TakeDeliveries().Select(Stamped));

    /// <summary>Takes the next letter to one of those that run; there may be none.</summary>
    public void Carry(IReadOnlyList<SimulatedBot> bots)
    {
        var ready = Ready;
        var letter = ready[world.Dice.Place(ready.Count, world.Weather.Disorder)];
        SimulatedBot[] awake = [.. bots.Where(bot => !bot.Life.IsFrozen(world.Time))];
        if (awake.Length == 0)
        {
            Settle(letter, new BotAnswer(null, null, []));
            return;
        }

        if (letter.Late)
        {
            world.Late();
        }

        var bot = world.Dice.Pick(awake);
        letter.With = bot.Life;
        _ = HandAsync(letter, bot);
    }

    /// <summary>The bot died: whoever waited for it sees the line break.</summary>
    public void BreakLines(Life life)
    {
        foreach (var letter in letters.Where(letter => letter.With == life).ToList())
        {
            Settle(letter, new BotAnswer(null, null, []));
        }
    }

    private async Task HandAsync(Letter letter, SimulatedBot bot)
    {
        var delivery = letter.Delivery;
        var (timestamp, signature) = RequestSigner.Sign(SimulatedBot.SigningSecret, delivery.Body, world.Time.GetUtcNow());
        var route = delivery.Kind switch
        {
            DeliveryKind.Event => SlackRoute.Events,
            DeliveryKind.Command => SlackRoute.Commands,
            DeliveryKind.Options => SlackRoute.Options,
            _ => SlackRoute.Interactivity,
        };
        world.Trace.Say($"carry {letter.Name} by {delivery.Actor} try {letter.Tries}: {Brief(delivery)}");
        using var patience = new CancellationTokenSource(SlackWaits, new MortalTime(world.Time, bot.Life));
        try
        {
            using var budget = bot.Door.Start(patience.Token);
            var reply = await bot.Door.HandleAsync(route, new SlackHttpRequest(delivery.ContentType, timestamp, signature, delivery.Body), budget, patience.Token);
            world.OnThread($"{letter.Name} is answered");
            Settle(letter, new BotAnswer(reply.Status, reply.ContentType, reply.Body.ToArray()));
        }
        catch (OperationCanceledException)
        {
            Settle(letter, BotAnswer.Nothing);
        }
        catch (Exception problem)
        {
            world.Break($"{letter.Name} made the bot fail: {problem}");
        }
    }

    private void Settle(Letter letter, BotAnswer answer)
    {
        letter.With = null;
        letters.Remove(letter);
        world.Trace.Say($"answer {letter.Name}: {(answer.TimedOut ? "timed out" : answer.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "line broke")} {Text(answer)}");
        if (letter.Delivery.Kind is not DeliveryKind.Event)
        {
            world.Workspace.Answer(letter.Delivery, answer);
            Answered?.Invoke(letter.Delivery, answer);
        }
        else if (!answer.Good)
        {
            letter.NotBefore = world.Time.GetUtcNow() + Again[Math.Min(letter.Tries, Again.Length - 1)];
            letter.Tries++;
            letters.Add(letter);
        }
        else if (world.Dice.Chance(world.Weather.Twice))
        {
            letters.Add(new Letter(letter.Delivery) { Tries = 1, NotBefore = world.Time.GetUtcNow() + TimeSpan.FromSeconds(world.Dice.Below(90)) });
        }
        else
        {
            world.Workspace.Answer(letter.Delivery, answer);
        }
    }

    private Letter Stamped(Delivery delivery)
    {
        var letter = new Letter(delivery);
        if (delivery.Kind is DeliveryKind.Event && world.Dice.Chance(world.Weather.DayLate))
        {
            letter.Late = true;
            letter.NotBefore = world.Time.GetUtcNow() + TimeSpan.FromHours(20 + world.Dice.Below(8));
            world.Trace.Say($"{letter.Name} will be late");
        }

        return letter;
    }

    private static string Brief(Delivery delivery)
    {
        var body = Uri.UnescapeDataString(Encoding.UTF8.GetString(delivery.Body));
        var at = Math.Max(0, body.IndexOf(delivery.Kind is DeliveryKind.Event ? "\"event\":" : delivery.Kind is DeliveryKind.Command ? "&command=" : "\"actions\":", StringComparison.Ordinal));
        return body.Substring(at, Math.Min(160, body.Length - at));
    }

    private static string Text(BotAnswer answer)
    {
        var body = Encoding.UTF8.GetString(answer.Body);
        return body.Length > 120 ? body[..120] : body;
    }
}
