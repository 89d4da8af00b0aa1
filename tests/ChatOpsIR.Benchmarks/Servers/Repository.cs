namespace ChatOpsIR.Benchmarks.Servers;

/// <summary>Where the programs lie that npm has installed for the benchmarks.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatOpsIR.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The benchmarks run from the folder that they were built in.");
    }
}
