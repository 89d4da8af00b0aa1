using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Collects what is wrong with a tree of blocks, in the form of Slack's messages.</summary>
internal sealed class Check
{
    private readonly List<string> problems = [];

    public IReadOnlyList<string> Problems => problems;

    public void Say(string what, string where) => problems.Add($"[ERROR] {what} [json-pointer:{where}]");

    /// <summary>A text of at least one character and at most that many code points.</summary>
    public void Length(string? text, int most, string where, int least = 0)
    {
        var length = Guard.CodePoints(text ?? "");
        if (length > most)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"must be less than {most + 1} characters"), where);
        }
        else if (length < least)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"must be more than {least - 1} characters"), where);
        }
    }

    public void Count(JsonArray? items, int least, int most, string where)
    {
        var count = items?.Count ?? 0;
        if (count < least || count > most)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"must have between {least} and {most} items"), where);
        }
    }

    public void Need(JsonObject owner, string name, string where)
    {
        if (owner[name] is null)
        {
            Say($"missing required field: {name}", where);
        }
    }

    /// <summary>A text object: plain_text or mrkdwn, never empty.</summary>
    public void TextObject(JsonNode? node, int most, string where, bool plainOnly = false, bool required = true)
    {
        if (node is null)
        {
            if (required)
            {
                Say("missing required field: text", where);
            }

            return;
        }

        if (node is not JsonObject text || text.Text("type") is not { } type || text.Text("text") is not { } words)
        {
            Say("must be a text object", where);
            return;
        }

        if (type is not ("plain_text" or "mrkdwn") || (plainOnly && type != "plain_text"))
        {
            Say(plainOnly ? "must be a plain_text object" : "unsupported type: " + type, where + "/type");
        }

        Length(words, most, where + "/text", least: 1);
    }
}
