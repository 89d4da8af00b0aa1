namespace ChatOpsIR.Playground;

/// <summary>Which scopes allow a method, any one of them being enough; for conversations it depends on their kind.</summary>
internal static class Scopes
{
    public delegate string[] Rule(ChannelKind kind);

    public static string[] None(ChannelKind kind) => [];

    public static string[] Read(ChannelKind kind) => [Prefix(kind) + ":read"];

    public static string[] History(ChannelKind kind) => [Prefix(kind) + ":history"];

    public static string[] Manage(ChannelKind kind) => kind == ChannelKind.Public ? ["channels:manage"] : [Prefix(kind) + ":write"];

    public static string[] Invite(ChannelKind kind) => [.. Manage(kind), Prefix(kind) + ":write.invites"];

    public static string[] Topic(ChannelKind kind) => [.. Manage(kind), Prefix(kind) + ":write.topic"];

    public static Rule Only(string scope) => _ => [scope];

    private static string Prefix(ChannelKind kind) => kind switch
    {
        ChannelKind.Public => "channels",
        ChannelKind.Private => "groups",
        _ => "im",
    };
}
