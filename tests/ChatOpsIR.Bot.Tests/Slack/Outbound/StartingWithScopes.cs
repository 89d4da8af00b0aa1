using ChatOpsIR.Slack.Outbound;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public class StartingWithScopes
{
    [Fact]
    public void that_suffice_says_nothing() => Assert.Empty(ScopesAtStart.Missing(string.Join(',', ChatOpsIR.Playground.WorkspaceSettings.AllScopes)));

    [Fact]
    public void that_lack_one_names_it_and_what_it_costs() => Assert.Equal(
        "The Slack app lacks the scope pins:write, so the card is not pinned: add it to the app and install the app again.",
        Assert.Single(ScopesAtStart.Missing(string.Join(',', ChatOpsIR.Playground.WorkspaceSettings.AllScopes.Where(scope => scope is not "pins:write")))));
}
