namespace ChatOpsIR.Playground;

/// <summary>The first day of a workspace. Nothing of it reaches the bot: it was there before the app was installed.</summary>
internal static class Seed
{
    public static void Plant(WorkspaceState state)
    {
        var settings = state.Settings;
        Dictionary<string, string> ids = [];
        foreach (var seed in settings.People)
        {
            var person = new Person
            {
                Id = state.NextId("U"),
                Handle = seed.Handle,
                Name = seed.Name,
                Email = $"{seed.Handle}@{settings.Domain}.example",
                Title = seed.Title,
                IsGuest = seed.Guest,
                ActAs = seed.ActAs,
            };
            ids[seed.Handle] = person.Id;
            state.Add(person);
        }

        state.Add(new Person { Id = WorkspaceState.BotUser, Handle = settings.BotName.ToLowerInvariant(), Name = settings.BotName, IsBot = true });
        foreach (var seed in settings.Channels)
        {
            state.Add(ChannelOf(state, seed, ids));
        }
    }

    private static Channel ChannelOf(WorkspaceState state, ChannelSeed seed, Dictionary<string, string> ids)
    {
        var members = seed.Members ?? [.. state.Settings.People.Where(person => !person.Guest).Select(person => person.Handle)];
        return new Channel
        {
            Id = state.NextId("C"),
            Name = seed.Name,
            Kind = seed.Private ? ChannelKind.Private : ChannelKind.Public,
            Creator = ids[members[0]],
            Created = state.NowSeconds,
            IsGeneral = seed.Name == "general",
            Topic = seed.Topic.Length == 0 ? Heading.None : new Heading(seed.Topic, ids[members[0]], state.NowSeconds),
            Members = [.. members.Select(handle => ids[handle]), .. seed.Bot ? [WorkspaceState.BotUser] : Array.Empty<string>()],
        };
    }
}
