using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Which switches somebody wants to move.</summary>
internal sealed record ChaosOrder(bool Calm, int? Seed, IReadOnlyList<(Trouble Trouble, int Level)> Levels)
{
    /// <returns>What makes no sense, or null.</returns>
    public static string? Read(JsonObject wanted, out ChaosOrder order)
    {
        List<(Trouble, int)> levels = [];
        int? seed = null;
        order = new ChaosOrder(wanted.Flag("calm"), null, []);
        foreach (var (name, value) in wanted)
        {
            if (name == "calm")
            {
                continue;
            }

            if (name == "seed")
            {
                seed = Whole(value);
                continue;
            }

            if (Trouble.All.FirstOrDefault(trouble => trouble.Name == name) is not { } trouble)
            {
                return $"There is no trouble called {name}. There are: {string.Join(", ", Trouble.All.Select(known => known.Name))}; and calm, seed.";
            }

            if (LevelOf(trouble, value) is not { } level)
            {
                return $"{name} is true, false, or a whole number from 0 to {trouble.Most}.";
            }

            levels.Add((trouble, level));
        }

        order = order with { Seed = seed, Levels = levels };
        return null;
    }

    private static int? LevelOf(Trouble trouble, JsonNode? value)
    {
        if (value is JsonValue plain && plain.TryGetValue(out bool on))
        {
            return on ? trouble.Usual : 0;
        }

        return Whole(value) is { } level && level >= 0 && level <= trouble.Most ? level : null;
    }

    private static int? Whole(JsonNode? value) => value is JsonValue plain && plain.TryGetValue(out int number) ? number : null;
}
