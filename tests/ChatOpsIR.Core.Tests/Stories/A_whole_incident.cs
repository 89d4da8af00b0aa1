using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Stories;

public class A_whole_incident
{
    private const string Told = """
        ada types: declare Lights out sev:1 @linus
          opens room inc-1-lights-out
          reads inc-1-lights-out
          invites ada, linus to inc-1-lights-out
          posts in ada: You are Incident Manager of INC-1. Lights out
          posts in linus: You are asked to be Technical Investigator of INC-1. Lights out
          posts in notices: INC-1 SEV1: Lights out
          sets the topic of inc-1-lights-out: SEV1, Detection and analysis. Next update 03:30 UTC. INC-1 Lights out
          posts in inc-1-lights-out: INC-1 Lights out. SEV1, open.
          pins m/1 in inc-1-lights-out
        linus types: accept
          invites linus to inc-1-lights-out
          posts in inc-1-lights-out: INC-1: @8:linus is now Technical Investigator.
        ada types: role communications @grace
          invites grace to inc-1-lights-out
          posts in grace: You are asked to be Communications Officer of INC-1. Lights out
        grace types: accept communications
          invites grace to inc-1-lights-out
          posts in inc-1-lights-out: INC-1: @8:grace is now Communications Officer.
          repaints m/1 in inc-1-lights-out: INC-1 Lights out. SEV1, open.
        grace types: update Generators are starting
          posts in inc-1-lights-out: INC-1: Status update by @8:grace: Generators are starting
          repaints m/1 in inc-1-lights-out: INC-1 Lights out. SEV1, open.
          sets the topic of inc-1-lights-out: SEV1, Detection and analysis. Next update 03:40 UTC. INC-1 Lights out
        30 minutes later
          posts in inc-1-lights-out: INC-1: The status update was due 2026-11-24 03:40 UTC.
          posts in grace: INC-1: The status update was due 2026-11-24 03:40 UTC.
          posts in ada: INC-1: The status update was due 2026-11-24 03:40 UTC.
        ada types: resolve Power is back
          posts in inc-1-lights-out: INC-1: @8:ada resolved the incident: Power is back
          repaints m/1 in inc-1-lights-out: INC-1 Lights out. SEV1, resolved.
          sets the topic of inc-1-lights-out: SEV1, Resolved. INC-1 Lights out
        2 hours later
        ada types: close
          posts in inc-1-lights-out: INC-1: @8:ada closed the incident.
          repaints m/1 in inc-1-lights-out: INC-1 Lights out. SEV1, closed.
          sets the topic of inc-1-lights-out: SEV1, Closed. INC-1 Lights out
        """;

    [Fact]
    public async Task is_told_in_the_words_of_a_platform_that_nobody_sells()
    {
        using var bot = Running();
        var story = new Story(bot);

        await story.TypesAsync(Ada, "declare Lights out sev:1 @linus");
        await story.TypesAsync(Linus, "accept");
        await story.TypesAsync(Ada, "role communications @grace");
        await story.TypesAsync(Grace, "accept communications");
        bot.Time.Advance(TimeSpan.FromMinutes(10));
        await story.TypesAsync(Grace, "update Generators are starting");
        await story.LaterAsync("30 minutes", TimeSpan.FromMinutes(30));
        await story.TypesAsync(Ada, "resolve Power is back");
        await story.LaterAsync("2 hours", TimeSpan.FromHours(2));
        await story.TypesAsync(Ada, "close");

        Assert.Equal(Told, story.Lines);
        Assert.Empty(bot.Reports);
    }

    private sealed class Story(TestBot bot)
    {
        private readonly List<string> lines = [];
        private int heard;

        public string Lines => string.Join('\n', lines);

        public Task TypesAsync(PersonId who, string line) =>
            TellAsync($"{who.User[2..]} types: {line}", () => bot.SaysAsync(who, line, bot.Hall.Rooms.Count == 0 ? null : bot.Hall.Rooms[0].Id));

        public Task LaterAsync(string words, TimeSpan by) => TellAsync($"{words} later", () => bot.LaterAsync(by));

        private async Task TellAsync(string what, Func<Task> act)
        {
            lines.Add(what);
            await act();
            lines.AddRange(bot.Transcript.Skip(heard).Select(line => $"  {line.ReplaceLineEndings(" ")}"));
            heard = bot.Transcript.Count;
        }
    }
}
