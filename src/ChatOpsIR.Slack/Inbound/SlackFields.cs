using System.Collections.Immutable;
using System.Text.Json;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>What was filled into a form, by the names of its fields.</summary>
internal static class SlackFields
{
    /// <summary>An empty field is absent.</summary>
    public static ImmutableDictionary<string, string> Values(JsonElement view, BotIdentity us)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (view.Child("state")?.Child("values") is { } blocks)
        {
            foreach (var block in blocks.EnumerateObject())
            {
                if (NameOf(block) is { } name && block.Value.Child("v") is { } input && Value(input, us) is { Length: > 0 } value)
                {
                    values[name] = value;
                }
            }
        }

        return values.ToImmutable();
    }

    // Half a character cannot be read as a name, and is no name of ours.
    private static string? NameOf(JsonProperty block)
    {
        try
        {
            return block.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Value(JsonElement input, BotIdentity us) => input.Text("type") switch
    {
        "static_select" or "external_select" or "radio_buttons" => input.Child("selected_option")?.Text("value"),
        "checkboxes" => input.Items("selected_options").Any(option => option.Text("value") is "yes") ? "yes" : null,
        "users_select" => input.Id("selected_user") is { } user ? SlackPeople.Person(us, user).ToString() : null,
        "multi_users_select" => string.Join(' ', Texts(input, "selected_users").Select(user => SlackPeople.Person(us, user).ToString())),
        _ => input.Text("value"),
    };

    private static IEnumerable<string> Texts(JsonElement input, string name) =>
        input.Items(name).Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.Decoded()).Where(text => text.Length > 0);
}
