using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Reactions;

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
        var sources = Sources.In("src", "ChatOpsIR.Core").ToArray();
        Assert.NotEmpty(sources);
        Assert.All(sources, file => Assert.DoesNotMatch("(?i)slack|teams\\b", File.ReadAllText(file)));
    }

    [Fact]
    public void has_no_package() =>
        Assert.DoesNotContain("Reference Include", File.ReadAllText(Path.Combine(Sources.Root, "src", "ChatOpsIR.Core", "ChatOpsIR.Core.csproj")), StringComparison.Ordinal);

    // The clock and randomness are ports, and nothing runs where a simulation would not see it. The build forbids most of these by name;
    // a pragma could let one through, and the rest has no single name.
    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bStopwatch\b|\bEnvironment\.TickCount|TimeProvider\.System\b")]
    [InlineData(@"\bRandom\b|\bGuid\.|\bRandomNumberGenerator\b")]
    [InlineData(@"\bTask\.Run\b|\bThread\b|\bnew Timer\b|\bThreadPool\b|\bParallel\.|\.ConfigureAwait\(|\bSemaphoreSlim\b|\.CancelAsync\(")]
    [InlineData(@"\bFile\.|\bHttpClient\b|\bConsole\.|\bEnvironment\.Get|\bILogger\b")]
    [InlineData("#pragma")]
    public void is_left_to_its_ports(string forbidden) =>
        Assert.All(Sources.In("src", "ChatOpsIR.Core"), file => Assert.DoesNotMatch(forbidden, File.ReadAllText(file)));
}

public class The_policy_that_is_built_in
{
    // Open incidents and their records name it: another text needs another name, and this one its text for as long as somebody may ask.
    [Fact]
    public void keeps_its_text_for_as_long_as_it_keeps_its_name()
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(DefaultPolicy.Text);
        Assert.Equal("default-1", DefaultPolicy.Text.Name);
        Assert.Equal("c01ae24d44c368975855a59de5b9389e", Convert.ToHexStringLower(SHA256.HashData(text))[..32]);
    }
}

public class Every_source_file
{
    [Fact]
    public void has_at_most_four_hundred_lines()
    {
        var sources = Sources.In("src").Concat(Sources.In("tests")).ToArray();
        Assert.True(sources.Length > 100, "The sources were not found.");
        Assert.All(sources, file => Assert.True(File.ReadLines(file).Count() <= 400, $"{file} is too long for one idea."));
    }
}

internal static class Sources
{
    public static readonly string Root = Find();

    /// <summary>Every C# file of a folder, but for what the build makes.</summary>
    public static IEnumerable<string> In(params string[] folder) => Directory
        .EnumerateFiles(Path.Combine([Root, .. folder]), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatOpsIR.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run from within the repository.");
    }
}

public class Every_effect
{
    public static TheoryData<Type> Kinds => [.. typeof(Effect).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Effect)) && !type.IsAbstract)];

    /// <summary>
    /// Whatever is neither must be recorded as started before it is tried, and be held for a human when nobody can tell what came of it
    /// (design page, section 5). The lanes do not do that: teach them before you loosen this.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void may_be_repeated_or_can_be_looked_up_since_nothing_writes_that_it_was_started(Type kind)
    {
        var effect = (Effect)RuntimeHelpers.GetUninitializedObject(kind);
        Assert.Contains(effect.Class, (EffectClass[])[EffectClass.Idempotent, EffectClass.LookedUp]);
    }

    [Fact]
    public void is_found_by_this_lint() => Assert.True(Kinds.Count >= 11);
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
