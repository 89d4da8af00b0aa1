using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground.Pages;

/// <summary>One thing that can be chosen.</summary>
public sealed record Choice(string Value, string Label, string? Description)
{
    public string Id => new([.. Value.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]);
}

/// <summary>What an element offers, from its own options or from the workspace.</summary>
internal static class Choices
{
    public static IReadOnlyList<Choice> Of(JsonObject element, WorkspaceView? view = null) => element.Text("type") switch
    {
        "users_select" or "multi_users_select" => [.. (view?.People ?? []).Where(person => !person.IsBot).Select(person => new Choice(person.Id, person.Name, person.Title))],
        "conversations_select" or "channels_select" or "multi_conversations_select" or "multi_channels_select" =>
            [.. (view?.Channels ?? []).Where(channel => channel.Kind == ChannelKind.Public).Select(channel => new Choice(channel.Id, '#' + channel.Name, null))],
        _ => [.. Options(element).Select(option => new Choice(option.Text("value") ?? "", option?["text"].Text("text") ?? "", option?["description"].Text("text")))],
    };

    /// <summary>How many letters the app wants before it is asked for suggestions; Slack's own default is three.</summary>
    public static int Least(JsonObject element) => element["min_query_length"] is JsonValue value && value.TryGetValue(out int least) ? least : 3;

    private static IEnumerable<JsonNode?> Options(JsonObject element) => (element["options"] as JsonArray ?? [])
        .Concat((element["option_groups"] as JsonArray ?? []).SelectMany(group => group?["options"] as JsonArray ?? []));
}
