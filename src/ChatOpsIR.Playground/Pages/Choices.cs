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

    private static IEnumerable<JsonNode?> Options(JsonObject element) => (element["options"] as JsonArray ?? [])
        .Concat((element["option_groups"] as JsonArray ?? []).SelectMany(group => group?["options"] as JsonArray ?? []));
}
