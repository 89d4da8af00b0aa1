using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Looking_at_ones_own_page : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task shows_nothing_to_whom_nothing_concerns()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "declare private A laptop was stolen");

        var page = await PageAsync(Grace);

        Assert.Contains("Nothing waits for you.", page, StringComparison.Ordinal);
        Assert.Contains("[Declare an incident > declare]", page, StringComparison.Ordinal);
        Assert.DoesNotContain("INC-1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("INC-2", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task shows_the_roles_one_holds()
    {
        await bot.DeclaredAsync();

        var page = await PageAsync(Ada);

        Assert.Contains("INC-1 SEV1 Checkout returns 500s\nYou are Incident Manager in #inc-1", page, StringComparison.Ordinal);
        Assert.Contains("[Show where it stands > status] [Timeline > timeline]", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task shows_the_role_that_is_offered_until_it_is_accepted()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "role communications @grace", room);
        Assert.Contains("You are asked to be Communications Officer of INC-1", await PageAsync(Grace), StringComparison.Ordinal);
        Assert.Contains("[Accept the role > accept communications]", await PageAsync(Grace), StringComparison.Ordinal);

        await bot.SaysAsync(Grace, "accept communications", room);

        Assert.DoesNotContain("You are asked", await PageAsync(Grace), StringComparison.Ordinal);
        Assert.Contains("You are Communications Officer", await PageAsync(Grace), StringComparison.Ordinal);
    }

    [Fact]
    public async Task shows_the_update_that_is_owed_to_whoever_posts_it()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "role investigator me", room);
        bot.Time.Advance(TimeSpan.FromHours(3));

        Assert.Contains("Overdue A status update of INC-1", await PageAsync(Ada), StringComparison.Ordinal);
        Assert.DoesNotContain("Overdue", await PageAsync(Grace), StringComparison.Ordinal);

        await bot.SaysAsync(Ada, "update Errors are falling", room);
        Assert.DoesNotContain("Overdue", await PageAsync(Ada), StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_an_outsider_why_there_is_none()
    {
        await bot.DeclaredAsync();
        Assert.Contains("another organisation", PlainText.Of(await bot.Desk.HomeAsync(Ada, PersonKind.Foreign, bot.Time.GetUtcNow(), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();

    private async Task<string> PageAsync(PersonId who) => PlainText.Of(await bot.Desk.HomeAsync(who, null, bot.Time.GetUtcNow(), TestContext.Current.CancellationToken));
}
