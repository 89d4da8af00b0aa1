namespace ChatOpsIR.Playground;

/// <summary>Slack's rules for channel names.</summary>
internal static class ChannelName
{
    public static void Check(string name)
    {
        if (name.Length == 0)
        {
            throw new SlackRefusal("invalid_name_required");
        }

        Guard.Length(name, 80, "invalid_name_maxlength");
        if (name.Any(letter => !Allowed(letter)))
        {
            throw new SlackRefusal("invalid_name_specials");
        }

        if (!name.Any(char.IsLetterOrDigit))
        {
            throw new SlackRefusal("invalid_name_punctuation");
        }
    }

    private static bool Allowed(char letter) =>
        letter is '-' or '_' || (char.IsLetterOrDigit(letter) && !char.IsUpper(letter)) || char.IsSurrogate(letter);
}
