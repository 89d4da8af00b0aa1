using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Core.Tests;

public class The_core
{
    [Fact]
    public void references_nothing_but_the_framework() => Assert.All(
        typeof(Incident).Assembly.GetReferencedAssemblies(),
        reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void knows_no_chat_product_by_name()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root(), "src", "ChatOpsIR.Core"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToArray();
        Assert.NotEmpty(sources);
        Assert.All(sources, file => Assert.DoesNotMatch("(?i)slack|teams\\b", File.ReadAllText(file)));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatOpsIR.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run from within the repository.");
    }
}

public class Every_verb
{
    public static TheoryData<string> Names => [.. VerbList.All.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void has_help_an_example_that_begins_with_it_and_an_alias_of_its_own(string name)
    {
        var verb = VerbList.Find(name)!;
        Assert.EndsWith(".", verb.Help, StringComparison.Ordinal);
        Assert.StartsWith(verb.Name, verb.Usage, StringComparison.Ordinal);
        Assert.Single(VerbList.All, other => other.Name == verb.Alias || other.Alias == verb.Alias);
    }
}
