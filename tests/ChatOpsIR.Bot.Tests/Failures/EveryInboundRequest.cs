using System.Text;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Failures;

public class Every_inbound_request
{
    private static readonly IncidentId[] Incidents = [.. Enumerable.Range(1, EverythingThatHappens.Incidents).Select(number => new IncidentId(number))];
    private static readonly StreamId[] Streams = [StreamId.Numbers, StreamId.Subscriptions, .. Incidents.Select(incident => incident.Stream)];

    /// <summary>
    /// Nothing is normalised: versions, salts, hashes and times of recording stand beside these fields, and the requests promise no
    /// data that names a version.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task sent_three_times_in_shuffled_order_leaves_what_it_leaves_when_sent_once(int seed)
    {
        await using var calm = new PlayedBot();
        await using var wild = new PlayedBot();
        var script = await EverythingThatHappens.InAsync(calm);
        var same = await EverythingThatHappens.InAsync(wild);
        Assert.Equal(script.Select(Written), same.Select(Written));

        await SendAsync(calm, script);
        await SendAsync(wild, Shuffled(same, new Random(seed)));

        var expected = await KeptAsync(calm);
        Assert.All(
            (string[])
            [
                " message ", " message-edited ", " message-deleted ", " reaction-added ", " reaction-removed ", " pin-added ", " pin-removed ", " member-joined ",
                " member-left ", " room-changed ", " unreadable ", " severity-changed ", " note-added ", " update-posted ", " role-accepted ", " subscribed ",
                " incident-numbered ", " incident-resolved ", "INC-3 incident-declared ", "INC-4 incident-declared ", " gap slack:",
                ":channel_deleted:", ":channel_left:", ":channel_id_changed:", ":file_deleted:",
            ],
            what => Assert.Contains(expected, kept => kept.Contains(what, StringComparison.Ordinal)));
        Assert.DoesNotContain(expected, kept => kept.Contains("pinned_item", StringComparison.Ordinal));
        Assert.Equal(expected, await KeptAsync(wild));

        await QuietAsync(calm);
        await QuietAsync(wild);
        Assert.Equal(SaidByTheBot(calm), SaidByTheBot(wild));
    }

    private static async Task SendAsync(PlayedBot bot, IEnumerable<Delivery> requests)
    {
        foreach (var request in requests)
        {
            var status = (await bot.SendAsync(request)).Status;
            Assert.True(status is 200 || EverythingThatHappens.OpensForm(request), $"{status} for {Written(request)}");
        }
    }

    // Events come in any order. Orders are given in theirs; their repeats come whenever they like.
    private static IEnumerable<Delivery> Shuffled(IReadOnlyList<Delivery> script, Random random)
    {
        var slots = Enumerable.Repeat(script, 3).SelectMany(copy => copy).ToArray();
        random.Shuffle(slots);
        var unsent = new Queue<Delivery>(script.Where(EverythingThatHappens.IsOrder));
        var repeats = new List<Delivery>();
        foreach (var slot in slots)
        {
            if (!EverythingThatHappens.IsOrder(slot))
            {
                yield return slot;
            }
            else if (unsent.Count > 0 && (repeats.Count == 0 || random.Next(3) == 0))
            {
                var next = unsent.Dequeue();
                repeats.AddRange([next, next]);
                yield return next;
            }
            else
            {
                var which = random.Next(repeats.Count);
                yield return repeats[which];
                repeats.RemoveAt(which);
            }
        }
    }

    private static async Task<List<string>> KeptAsync(PlayedBot bot)
    {
        var kept = new List<string>();
        foreach (var stream in Streams)
        {
            kept.AddRange((await bot.EntriesAsync(stream)).Select(entry =>
                $"{stream} {entry.Kind} {entry.CauseKey} {entry.OccurredAt} {entry.Actor} {entry.Source} {Text(entry.Data)} {Text(entry.Content!.Value)}"));
        }

        return [.. kept.Order(StringComparer.Ordinal)];
    }

    private static async Task QuietAsync(PlayedBot bot)
    {
        await bot.GoOnWorkingAsync();
        await bot.PassTimeAsync(TimeSpan.FromSeconds(60));
        foreach (var incident in Incidents)
        {
            Assert.Empty((await bot.IncidentAsync(incident.Number)).Pending);
        }
    }

    private static IEnumerable<string> SaidByTheBot(PlayedBot bot) =>
    [
        .. bot.Played.Workspace.Look().Channels.SelectMany(channel => channel.Messages.Where(message => message.FromBot && message.Visible).Select(message => $"{channel.Name}: {message.Text}"))
            .Order(StringComparer.Ordinal),
    ];

    private static string Written(Delivery delivery) => Text(delivery.Body);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
