using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Instances;

/// <summary>
/// Several instances are one bot to whoever talks to them, also while one is restarted, dies or sleeps. What that means is the checker's
/// to say: everything that was said is on record once, and of each promise there is one message to be seen.
/// </summary>
[Collection(nameof(OnThreeInstances))]
public sealed class Three_instances(InstanceWorld world, ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan SoonerThanTheReconciler = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await world.AllServeAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task that_hear_one_room_at_once_record_each_message_once()
    {
        const int Messages = 90;
        var room = await world.WarRoomAsync("mara", "Everybody shouts");
        var before = world.Balancer.Dealt.ToDictionary();
        world.SendEventsSideBySide();
        for (var i = 1; i <= Messages; i++)
        {
            world.Says("mara", room, $"Message {i}");
        }

        await world.AllIsRightAsync();
        world.SendEventsInOrder();

        Assert.Equal(Messages, await CountAsync(room, "Message "));
        Assert.All(world.Instances, instance => Assert.True(world.Balancer.Dealt[instance.Address] - before.GetValueOrDefault(instance.Address) >= Messages / 4));
    }

    [Fact]
    public async Task that_are_joined_by_one_whose_clock_is_a_day_ahead_tell_nothing_before_its_time()
    {
        var room = await world.WarRoomAsync("mara", "Somebody is early");
        await using var early = world.Ahead(TimeSpan.FromDays(1));
        early.Start();
        await RunningBot.EventuallyAsync(
            "it says what is wrong with its clock",
            () => Task.FromResult(early.Said.Contains("off the store's. Let it keep time (NTP). Until it does, this instance tells no reminders", StringComparison.Ordinal)));

        Assert.Empty((await EntriesAsync(room)).OfType<ReminderFired>());
    }

    [Fact]
    public async Task that_several_people_talk_to_are_one_bot()
    {
        var room = await world.WarRoomAsync("mara", "Everybody helps");
        await world.TypesAsync("mara", room, "/incident role communications @priya");
        await world.TypesAsync("priya", room, "/incident accept");
        await Task.WhenAll(
            world.TypesAsync("mara", room, "/incident severity sev:1 it spreads"),
            world.TypesAsync("priya", room, "/incident update We are on it"),
            world.TypesAsync("mara", room, "/incident impact One in five orders fails"),
            world.TypesAsync("mara", room, "/incident decide Roll back release 41"),
            world.DeclareAsync("priya", "Another one"),
            world.DeclareAsync("mara", "And one more"));
        Assert.Contains("SEV1, open", await world.TypesAsync("mara", room, "/incident status"), StringComparison.Ordinal);
        await world.TypesAsync("mara", room, "/incident resolve Rolled back");

        await world.AllIsRightAsync();
    }

    [Fact]
    public async Task of_which_one_after_the_other_is_restarted_lose_and_repeat_nothing()
    {
        var room = await world.WarRoomAsync("mara", "Business goes on");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var talking = TalkAsync(room, over.Token);
        foreach (var instance in world.Instances)
        {
            world.Balancer.TakeOut(instance.Address);
            await instance.StopAsync();
            await instance.StartAsync();
            world.Balancer.PutIn(instance.Address);
        }

        await over.CancelAsync();
        var (messages, updates) = await talking;
        await world.AllIsRightAsync();

        Assert.Equal(messages, await CountAsync(room, "Message "));
        Assert.Equal(Enumerable.Range(1, updates).Select(nth => $"Update {nth}"), (await EntriesAsync(room)).OfType<UpdatePosted>().Select(posted => posted.Text).Distinct());
    }

    // What it asked of Slack last is carried out, and nobody hears that it was.
    [Fact]
    public async Task of_which_one_is_killed_in_the_middle_of_its_work_finish_that_within_seconds()
    {
        var hold = world.Line.Keep("chat.postMessage");
        await world.DeclareAsync("mara", "One dies");
        var victim = world.Instances[await hold.CatchesAsync(1, Ct) - 1];
        await victim.KillAsync();
        var killed = TimeProvider.System.GetTimestamp();
        hold.LetThrough();
        await world.AllIsRightAsync();

        var taken = TimeProvider.System.GetElapsedTime(killed);
        output.WriteLine($"All was done {taken.TotalSeconds:0.0} s after the kill.");
        Assert.True(taken < SoonerThanTheReconciler, $"All was done {taken.TotalSeconds:0.0} s after the kill only.");
    }

    // The announcement, the duty card and the room's card: of the first two no event tells, which is why the sleeper itself has to look.
    [Fact]
    public async Task of_which_one_sleeps_through_its_lease_and_wakes_leave_one_message_of_each_promise()
    {
        const int Posts = 3;
        var hold = world.Line.Keep("chat.postMessage");
        var (incident, room) = await world.DeclareAsync("mara", "One sleeps");
        var sleeper = world.Instances[await hold.CatchesAsync(Posts, Ct) - 1];
        await sleeper.SleepAsync();
        world.Balancer.TakeOut(sleeper.Address);
        await RunningBot.EventuallyAsync("the others have done it all", async () => await IsDoneAsync(incident));

        // The others hear of what is posted outside the war room, and take it back while one sleeps.
        hold.LetThrough();
        await RunningBot.EventuallyAsync("everything was posted twice", () => Task.FromResult(PostsOf(incident).Count() >= 2 * Posts));
        await sleeper.WakeAsync();
        world.Balancer.PutIn(sleeper.Address);

        // What the sleeper remembers of the incident is old, and it is asked for all the same.
        foreach (var nth in Enumerable.Range(1, world.Instances.Count))
        {
            await world.TypesAsync("mara", room, $"/incident note Awake again, {nth}");
        }

        await world.AllIsRightAsync();

        Assert.Equal(Posts, PostsOf(incident).Count(message => !message.Visible));
    }

    private async Task<bool> IsDoneAsync(IncidentId incident) =>
        (await world.LookAsync()).Incidents.Single(one => one.Id == incident).Now is { Card: not null, Pending.IsEmpty: true };

    private IEnumerable<MessageView> PostsOf(IncidentId incident) =>
        world.Workspace.Look().Channels.SelectMany(channel => channel.Messages).Where(message => message.FromBot && EffectRules.KeyOf(message)?.Stream == incident.Stream);

    // Says something ten times a second and posts an update every second; gives how many of each.
    private async Task<(int Messages, int Updates)> TalkAsync(string room, CancellationToken over)
    {
        var (messages, updates) = (0, 0);
        while (!over.IsCancellationRequested)
        {
            world.Says("mara", room, $"Message {++messages}");
            if (messages % 10 == 0)
            {
                await world.TypesAsync("mara", room, $"/incident update Update {++updates}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }

        return (messages, updates);
    }

    private async Task<int> CountAsync(string room, string words) =>
        (await EntriesAsync(room)).Count(fact => fact is ChatRecord { Kind: ChatKind.Message, Effect: null } said && said.Text?.StartsWith(words, StringComparison.Ordinal) is true);

    private async Task<IEnumerable<Fact>> EntriesAsync(string room) =>
        (await world.LookAsync()).Incidents.Single(incident => incident.Now.Room?.Name == room).Entries.Select(entry => entry.Fact);
}
