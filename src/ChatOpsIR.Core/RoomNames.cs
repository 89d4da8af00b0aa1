using System.Globalization;
using System.Text;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>Names for war rooms, within what every platform accepts.</summary>
public static class RoomNames
{
    private const int LongestTitlePart = 50;

    private static readonly string[] Adjectives =
    [
        "amber", "azure", "brisk", "calm", "cedar", "clear", "cobalt", "copper", "coral", "crisp", "dapple", "dusky", "early", "ember", "fern", "flint",
        "frost", "gentle", "gilded", "hazel", "hollow", "indigo", "ivory", "jade", "keen", "level", "lilac", "linen", "lunar", "maple", "mellow", "misty",
        "mossy", "nimble", "noble", "ochre", "olive", "opal", "pale", "pearl", "plain", "proud", "quiet", "rapid", "russet", "sable", "saffron", "sandy",
        "silent", "silver", "slate", "solar", "steady", "stone", "sunny", "swift", "tawny", "teal", "tidal", "umber", "velvet", "vivid", "willow", "winter",
    ];

    private static readonly string[] Nouns =
    [
        "badger", "beacon", "bison", "brook", "canyon", "cliff", "comet", "cove", "crane", "delta", "dune", "eagle", "falcon", "ferry", "field", "finch",
        "fjord", "forest", "fox", "gable", "glade", "grove", "gull", "harbour", "hare", "hawk", "heron", "hill", "ibis", "island", "kestrel", "lagoon",
        "lake", "lantern", "lark", "ledge", "lynx", "marsh", "meadow", "mesa", "otter", "owl", "peak", "pebble", "pine", "plover", "pond", "quarry",
        "raven", "reef", "ridge", "river", "robin", "shore", "sparrow", "spruce", "stork", "summit", "swan", "thrush", "tower", "valley", "wren", "yew",
    ];

    /// <summary><c>inc-42-checkout-returns-500s</c>. A title without a single Latin letter or digit gives <c>inc-42</c>.</summary>
    public static string Of(IncidentId incident, string title)
    {
        var slug = new StringBuilder();
        foreach (var letter in title.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (slug.Length == LongestTitlePart)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                slug.Append('-');
            }
        }

        var words = slug.ToString().Trim('-');
        return string.Create(CultureInfo.InvariantCulture, $"inc-{incident.Number}{(words.Length == 0 ? "" : "-")}{words}");
    }

    /// <summary>Two random words, such as <c>amber-heron</c>: they tell nothing about a private incident.</summary>
    public static string CodeName(IRandomness randomness)
    {
        System.Span<byte> dice = stackalloc byte[2];
        randomness.Fill(dice);
        return $"{Adjectives[dice[0] % Adjectives.Length]}-{Nouns[dice[1] % Nouns.Length]}";
    }
}
