using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Remembers which commands people saw confirmed: from then on they must be in the record.</summary>
internal sealed partial class Confirmations
{
    private readonly World world;
    private readonly List<Acknowledged> all = [];

    public Confirmations(World world, PostOffice post)
    {
        this.world = world;
        post.Answered += Hear;
    }

    public IReadOnlyList<Acknowledged> All => all;

    private void Hear(Delivery delivery, BotAnswer answer)
    {
        if (delivery.Kind is not DeliveryKind.Command || !answer.Good || answer.Body.Length == 0)
        {
            return;
        }

        var said = JsonElement.Parse(answer.Body).GetProperty("text").GetString() ?? "";
        if (Done().Match(said) is { Success: true } done && IncidentId.TryParse(done.Groups["incident"].Value, out var incident))
        {
            all.Add(Acknowledged.Command(delivery.Context.TypedText!, delivery, incident, world.Record.Whole.Hash));
        }
    }

    [GeneratedRegex("^(?<incident>INC-[0-9]+)(?:: | is declared as )", RegexOptions.CultureInvariant)]
    private static partial Regex Done();
}
