using System.Text.Json.Nodes;
using ChatOpsIR.Playground;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Playground;

public sealed class A_workspace_with_a_file : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".db");

    public void Dispose()
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
        {
            File.Delete(file);
        }
    }

    /// <summary>Reads the file through a second connection while the first is still open: as a process finds it that starts after a kill.</summary>
    private Playing Again() => new(journal: new SqliteJournal(path));

    [Fact]
    public void has_everything_after_a_kill_that_was_answered_before()
    {
        var before = new Playing(journal: new SqliteJournal(path));
        var room = before.WarRoom();
        before.Ok("conversations.invite", new JsonObject { ["channel"] = room, ["users"] = before.Id("mara") });
        var parent = before.Say("mara", room, "one");
        before.Say("mara", room, "two", parent);
        before.Act("mara", "react", new JsonObject { ["channel"] = room, ["ts"] = parent, ["name"] = "eyes" });
        before.Act("mara", "edit", new JsonObject { ["channel"] = room, ["ts"] = parent, ["text"] = "eins" });

        var after = Again();
        Assert.Equal(Shown(before, room), Shown(after, room));
        Assert.Contains(before.Id("mara"), after.Workspace.Look().Channel(room)!.Members);
        Assert.True(string.CompareOrdinal(after.Say("mara", room, "later"), parent) > 0);
        after.Workspace.Dispose();
        before.Workspace.Dispose();
    }

    /// <summary>A clock that somebody pushed, and a process that died: what comes next is later than what was.</summary>
    [Fact]
    public void goes_on_no_earlier_than_it_was_left()
    {
        using var left = Host();
        left.GetRequiredService<Workspace>();
        ((AdjustableTimeProvider)left.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromMinutes(20));
        left.GetRequiredService<Workspace>().Act(new JsonObject { ["as"] = "mara", ["do"] = "message", ["channel"] = "general", ["text"] = "twenty minutes on" });
        var before = left.GetRequiredService<Workspace>().LastMoment;

        using var again = Host();
        again.GetRequiredService<Workspace>();

        Assert.True(again.GetRequiredService<TimeProvider>().GetUtcNow() >= before);
        Assert.True(before > TimeProvider.System.GetUtcNow().AddMinutes(19));
    }

    private ServiceProvider Host()
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddSingleton<TimeProvider>(new AdjustableTimeProvider());
        services.AddPlayground(new HostingEnvironment { EnvironmentName = "Development" }, options => options.StatePath = path);
        return services.BuildServiceProvider();
    }

    [Fact]
    public void has_the_bytes_of_a_file_too()
    {
        var before = new Playing(journal: new SqliteJournal(path));
        before.Act("mara", "message", new JsonObject
        {
            ["channel"] = "incidents",
            ["files"] = new JsonArray(new JsonObject { ["name"] = "a.txt", ["content"] = Convert.ToBase64String("abc"u8) }),
        });
        var after = Again();
        Assert.Equal("abc"u8.ToArray(), after.Workspace.File(Assert.Single(after.Workspace.Look().Downloads), after.Id("mara"))!.Content);
        after.Workspace.Dispose();
        before.Workspace.Dispose();
    }

    [Fact]
    public void still_owes_the_events_that_were_not_accepted()
    {
        var before = new Playing(journal: new SqliteJournal(path));
        before.Say("mara", "incidents", "heard");
        before.Workspace.Answer(Assert.Single(before.Workspace.TakeDeliveries()), Playing.Answer());
        before.Say("mara", "incidents", "not heard");
        before.Workspace.TakeDeliveries();

        var after = Again();
        var owed = Assert.Single(after.Events());
        Assert.Equal("not heard", (string?)owed["text"]);
        after.Workspace.Dispose();
        before.Workspace.Dispose();
    }

    [Fact]
    public void forgets_what_only_one_person_saw()
    {
        var before = new Playing(journal: new SqliteJournal(path));
        before.Workspace.Answer(
            before.Act("mara", "command", new JsonObject { ["channel"] = "payments", ["text"] = "/incident" }).Delivery!, Playing.Answer("psst", "text/plain"));
        var after = Again();
        Assert.Empty(after.Workspace.Look().Ephemerals);
        after.Workspace.Dispose();
        before.Workspace.Dispose();
    }

    [Fact]
    public void comes_back_from_a_saved_stream_too()
    {
        var before = new Playing();
        before.Say("mara", "incidents", "one");
        using var saved = new MemoryStream();
        before.Workspace.Save(saved);
        saved.Position = 0;
        using var after = Workspace.Load(saved, before.Workspace.Settings, before.Clock);
        Assert.Equal("one", after.Look().Channel("incidents")!.Messages[^1].Text);
    }

    private static string Shown(Playing play, string room) => play.Ok("conversations.history", new JsonObject { ["channel"] = room })["messages"]!.ToJsonString();
}

public class An_adjustable_clock
{
    private readonly FakeTimeProvider source = new(DateTimeOffset.FromUnixTimeSeconds(1_735_689_600));
    private readonly AdjustableTimeProvider clock;
    private int fired;

    public An_adjustable_clock() => clock = new AdjustableTimeProvider(source);

    private ITimer Timer(TimeSpan due, TimeSpan? period = null) =>
        clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, due, period ?? Timeout.InfiniteTimeSpan);

    [Fact]
    public void runs_ahead_by_what_it_was_pushed()
    {
        clock.Advance(TimeSpan.FromMinutes(10));
        source.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(601), clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(1_735_689_600));
        Assert.Equal(TimeSpan.FromMinutes(10), clock.Offset);
    }

    [Fact]
    public void fires_a_timer_that_became_due()
    {
        using var timer = Timer(TimeSpan.FromMinutes(10));
        clock.Advance(TimeSpan.FromMinutes(9));
        source.Advance(TimeSpan.Zero);
        Assert.Equal(0, fired);
        clock.Advance(TimeSpan.FromMinutes(1));
        source.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void brings_a_timer_nearer_that_is_not_due_yet()
    {
        using var timer = Timer(TimeSpan.FromMinutes(10));
        clock.Advance(TimeSpan.FromMinutes(9));
        source.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, fired);
        source.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void goes_on_with_a_period_after_a_push()
    {
        using var timer = Timer(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(30));
        source.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1, fired);
        source.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, fired);
    }

    [Fact]
    public void forgets_a_timer_that_was_disposed()
    {
        Timer(TimeSpan.FromMinutes(1)).Dispose();
        clock.Advance(TimeSpan.FromHours(1));
        source.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, fired);
    }

    [Fact]
    public void does_not_go_back() => Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromSeconds(-1)));

    [Fact]
    public async Task ends_a_delay_early()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(10), clock, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(10));
        source.Advance(TimeSpan.FromMilliseconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }
}
