using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Asking_for_the_timeline : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("timeline INC-1")]
    [InlineData("tl INC-1")]
    public async Task shows_what_happened_last_and_ones_own_link(string line)
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "note INC-1 The vendor confirms a fault");

        var card = await CardAsync(line);
        Assert.Contains("noted: The vendor confirms a fault", PlainText.Of(card), StringComparison.Ordinal);
        Assert.Equal($"?of={Uri.EscapeDataString(Ada.User)}", Assert.Single(card.Parts.OfType<OpenLink>()).Address.Query);
    }

    [Fact]
    public async Task leaves_out_chores_and_shows_ten_entries_at_most()
    {
        await bot.DeclaredAsync();
        foreach (var number in Enumerable.Range(1, 14))
        {
            await bot.SaysAsync(Ada, $"note INC-1 finding {number}.");
        }

        var text = PlainText.Of(await CardAsync("timeline INC-1"));
        Assert.DoesNotContain("finding 4.", text, StringComparison.Ordinal);
        Assert.Contains("finding 5.", text, StringComparison.Ordinal);
        Assert.Contains("finding 14.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Posted the live card", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task cuts_a_long_text_but_not_a_character_apart()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, $"note INC-1 {string.Concat(Enumerable.Repeat("🔎", 900))}");
        var text = PlainText.Of(await CardAsync("timeline INC-1"));
        Assert.Contains("🔎…", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\ufffd', text);
    }

    [Fact]
    public async Task gives_no_link_to_a_private_record_to_somebody_whom_it_does_not_involve()
    {
        await bot.SaysAsync(Ada, "declare Payroll data leaked sev:1 private");
        var room = (await bot.IncidentAsync(One)).Room!.Id;

        var answer = Assert.IsType<Answer.Show>(await bot.SaysAsync(Linus, "timeline", room));
        Assert.DoesNotContain(answer.Card.Parts, part => part is OpenLink);
        Assert.Contains("/incident role INC-1 investigator me", PlainText.Of(answer.Card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task never_prints_the_address_in_plain_text()
    {
        await bot.DeclaredAsync();
        Assert.DoesNotContain("hall.example", PlainText.Of(await CardAsync("timeline INC-1")), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();

    private async Task<Card> CardAsync(string line) => Assert.IsType<Answer.Show>(await bot.SaysAsync(Ada, line)).Card;
}
