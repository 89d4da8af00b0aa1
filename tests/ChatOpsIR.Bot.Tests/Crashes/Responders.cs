using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>
/// Five people with several incidents at once: they declare, talk, correct themselves, post updates, and hand roles over. What they do is
/// drawn from a seed. Whatever they are answered as done is kept; where no answer comes they shrug and go on with something else.
/// </summary>
internal sealed partial class Responders(CrashWorld world, int seed)
{
    private const int MostRooms = 4;
    private static readonly string[] People = ["mara", "idris", "priya", "tomas", "helen"];
    private static readonly string[] Troubles = ["Checkout returns 500s", "Search is slow", "Payments are declined", "Logins fail"];

    private static readonly TimeSpan Shrug = TimeSpan.FromMilliseconds(300);

    private readonly Random[] dice = [.. People.Select((_, nth) => new Random(seed + nth))];
    private int words;

    /// <summary>How many things were done, answered or not.</summary>
    public int Deeds => words;

    /// <summary>Works until stopped; then everybody finishes what they are at.</summary>
    public Task WorkAsync(CancellationToken stopping) => Task.WhenAll(People.Select((who, nth) => WorkAsync(who, dice[nth], stopping)));

    private async Task WorkAsync(string who, Random chance, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await DoSomethingAsync(who, chance, Interlocked.Increment(ref words));
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(chance.Next(50, 300)), TimeProvider.System, stopping));
        }
    }

    private async Task DoSomethingAsync(string who, Random chance, int nth)
    {
        var view = world.Workspace.Look();
        var id = view.Person(who)!.Id;
        ChannelView[] rooms = [.. view.Channels.Where(channel => channel.Name.StartsWith("inc-", StringComparison.Ordinal))];
        if (rooms.Length == 0 || (rooms.Length < MostRooms && chance.Next(10) == 0))
        {
            await TypesAsync(who, "incidents", $"declare {Troubles[chance.Next(Troubles.Length)]}, {nth} sev:{chance.Next(1, 5)}");
            return;
        }

        var room = rooms[chance.Next(rooms.Length)];
        if (!room.Members.Contains(id))
        {
            world.Acts(who, "join", room.Id);
            return;
        }

        MessageView[] own = [.. room.Messages.Where(message => message.Visible && message.User == id && message.Subtype is null)];
        switch (chance.Next(20))
        {
            case < 4:
                await TypesAsync(who, room.Id, $"update It gets better, {nth}");
                break;
            case < 7:
                await TypesAsync(who, room.Id, $"handover @{People[chance.Next(People.Length)]}");
                break;
            case < 10:
                await TypesAsync(who, room.Id, "accept");
                break;
            case 10:
                await TypesAsync(who, room.Id, $"note Seen, {nth}");
                break;
            case < 13 when own.Length > 0:
                world.Acts(who, "edit", room.Id, ("ts", own[^1].Ts), ("text", $"rather this, {nth}"));
                break;
            case 13 when own.Length > 0:
                world.Acts(who, "delete", room.Id, ("ts", own[^1].Ts));
                break;
            case 14 when own.Length > 0 && own[^1].Reactions.Count == 0:
                world.Acts(who, "react", room.Id, ("ts", own[^1].Ts), ("name", "eyes"));
                break;
            default:
                world.Acts(who, "message", room.Id, ("text", $"said {nth}"));
                break;
        }
    }

    private async Task TypesAsync(string who, string channel, string text)
    {
        var answer = await world.TypesAsync(who, channel, $"/incident {text}");
        if (answer.Text is null)
        {
            await Task.Delay(Shrug, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        else if (answer.IsSure && IsDone().Match(answer.Text!) is { Success: true } done)
        {
            world.WasToldDone(answer, new IncidentId(int.Parse(done.Groups["number"].Value, CultureInfo.InvariantCulture)));
        }
    }

    [GeneratedRegex("^INC-(?<number>[0-9]+)(:| is declared as)")]
    private static partial Regex IsDone();
}
