using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class Somebody_is_told_in_person : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task that_another_has_their_role()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "role manager me", room);

        Assert.Contains(bot.Hall.Visible("ada"), message => PlainText.Of(message.Card).Contains("is now Incident Manager", StringComparison.Ordinal));
        Assert.DoesNotContain(bot.Hall.Visible("grace"), message => PlainText.Of(message.Card).Contains("is now Incident Manager", StringComparison.Ordinal));
    }

    [Fact]
    public async Task that_another_has_their_role_and_takes_it_back_with_the_button_below()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "role manager me", room);
        var button = Assert.Single(bot.Hall.Visible("ada").Last().Card.Parts.OfType<Buttons>().SelectMany(row => row.Items));
        await bot.SaysAsync(Ada, button.Command, room);

        Assert.Equal([Ada], (await bot.IncidentAsync(One)).HoldersOf(RoleId.Manager));
    }

    [Fact]
    public async Task that_another_has_their_role_and_so_may_close_the_incident()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve Rolled back", room);
        Assert.Contains("Only the Incident Manager", await bot.AsksAsync(Grace, "close", room), StringComparison.Ordinal);

        await bot.SaysAsync(Grace, "role manager me", room);
        await bot.SaysAsync(Grace, "close", room);
        Assert.Equal(Status.Closed, (await bot.IncidentAsync(One)).Status);
        Assert.Contains(bot.Hall.Visible("ada"), message => PlainText.Of(message.Card).Contains("@8:grace is now Incident Manager", StringComparison.Ordinal));
    }

    [Fact]
    public async Task that_the_record_has_a_gap_from_now_on()
    {
        var room = await bot.DeclaredAsync();
        var gap = new ChatRecord(ChatKind.Gap, room, "") { Text = "I was removed from the war room." };
        await bot.Streams.RecordAsync(One, new RecordedMessage(new Stamp("hall:gone", Start, null, Source.Live), gap), TestContext.Current.CancellationToken);

        Assert.Contains(bot.Hall.Visible("ada"), message => PlainText.Of(message.Card).Contains("Gap: I was removed from the war room.", StringComparison.Ordinal));
    }

    public void Dispose() => bot.Dispose();
}
