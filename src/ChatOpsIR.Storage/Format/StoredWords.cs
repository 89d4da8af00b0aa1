using System.Text;

namespace ChatOpsIR.Storage.Format;

/// <summary>Enum values as lower-case words with dashes: <c>MessageEdited</c> is stored as <c>message-edited</c>.</summary>
internal static class StoredWords<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Words = Enum.GetValues<TEnum>().ToDictionary(value => value, value => Dashed(value.ToString()));

    private static readonly Dictionary<string, TEnum> Values = Words.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string Write(TEnum value) => Words[value];

    public static TEnum Read(string word) => Values.TryGetValue(word, out var value)
        ? value
        : throw new FormatException($"'{word}' is no {typeof(TEnum).Name} that this release knows.");

    private static string Dashed(string name)
    {
        var word = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
            {
                word.Append('-');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
