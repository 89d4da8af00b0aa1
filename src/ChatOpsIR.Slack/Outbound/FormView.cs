using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Draws a form as a modal window.</summary>
internal static class FormView
{
    public const string CallbackId = "incident_form";
    public const string ActionId = "v";
    public const string Yes = "yes";
    private const int LongestTitle = 24;
    private const int LongestLabel = 2000;
    private const int LongestInput = 3000;
    private const int LongestOption = 75;
    private const int LongestOptionValue = 150;
    private const int MostOptions = 100;

    public static JsonObject Draw(Form form, RoomId? room, string? home = null) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = CallbackId,
        ["title"] = BlockKit.Plain(form.Title, LongestTitle),
        ["submit"] = BlockKit.Plain(form.Submit, LongestTitle),
        ["close"] = BlockKit.Plain("Cancel", LongestTitle),
        ["private_metadata"] = ApiJson.Text(Metadata(form, room, home)),
        ["blocks"] = new JsonArray([.. Blocks(form).Take(BlockKit.MostBlocksInView)]),
    };

    /// <summary>What a select offers while somebody types into it.</summary>
    public static JsonObject Suggestions(ImmutableArray<Choice> choices) => new() { ["options"] = new JsonArray([.. Fitting(choices).Select(Option)]) };

    private static JsonObject Metadata(Form form, RoomId? room, string? home)
    {
        var about = new JsonObject { ["verb"] = form.Verb, ["incident"] = form.Incident?.ToString(), ["room"] = room?.Id };
        if (home is not null)
        {
            about["home"] = home;
        }

        if (form.MadeFrom is { } message)
        {
            about["madeFrom"] = message.Key;
        }

        return about;
    }

    private static IEnumerable<JsonObject> Blocks(Form form)
    {
        if (form.Intro is { } intro && Mrkdwn.Take(Mrkdwn.Pieces(intro), LongestInput) is { Length: > 0 } text)
        {
            yield return BlockKit.Section(text);
        }

        foreach (var field in form.Fields.DistinctBy(field => field.Name))
        {
            yield return Input(field);
        }
    }

    private static JsonObject Input(Field field)
    {
        var block = new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = field.Name,
            ["label"] = BlockKit.Plain(field.Label, LongestLabel),
            ["element"] = Element(field),

            // A box that must be ticked would be no question.
            ["optional"] = field.Optional || field.Kind is FieldKind.Toggle,
        };
        if (!string.IsNullOrWhiteSpace(field.Hint))
        {
            block["hint"] = BlockKit.Plain(field.Hint, LongestLabel);
        }

        return block;
    }

    private static JsonObject Element(Field field) => field.Kind switch
    {
        FieldKind.Choice when Options(field) is { Count: > 0 } options => Select(field, options),
        FieldKind.Person => Person(field),
        FieldKind.People => People(field),
        FieldKind.Toggle => Toggle(field),
        FieldKind.Incident => Incident(),
        _ => TextInput(field),
    };

    private static JsonObject New(string type) => new() { ["type"] = type, ["action_id"] = ActionId };

    private static JsonObject TextInput(Field field)
    {
        var most = field.MaxLength is > 0 and <= LongestInput ? field.MaxLength : LongestInput;
        var element = New("plain_text_input");
        element["multiline"] = field.Kind is FieldKind.Text;
        element["max_length"] = most;
        if (field.Value is { } value && CodePoints.Cut(CodePoints.Clean(value), most) is { Length: > 0 } initial)
        {
            element["initial_value"] = initial;
        }

        return element;
    }

    private static JsonObject Select(Field field, List<Choice> choices)
    {
        var element = New("static_select");
        element["options"] = new JsonArray([.. choices.Select(Option)]);
        if (choices.Find(choice => choice.Value == field.Value) is { } chosen)
        {
            element["initial_option"] = Option(chosen);
        }

        return element;
    }

    // The open incidents are too many for a form, and others when it is filled in: Slack asks for them then, from the first letter on.
    private static JsonObject Incident()
    {
        var element = New("external_select");
        element["min_query_length"] = 0;
        element["placeholder"] = BlockKit.Plain("Number or title", LongestOption);
        return element;
    }

    private static List<Choice> Options(Field field) => field.Choices.IsDefaultOrEmpty ? [] : Fitting(field.Choices);

    /// <summary>A value that does not fit is left out: half of it would be another value.</summary>
    private static List<Choice> Fitting(ImmutableArray<Choice> choices) =>
        [.. choices.Where(choice => choice.Value.Length is > 0 && CodePoints.Count(choice.Value) <= LongestOptionValue).Take(MostOptions)];

    private static JsonObject Option(Choice choice)
    {
        var option = new JsonObject { ["text"] = BlockKit.Plain(choice.Label, LongestOption), ["value"] = choice.Value };
        if (!string.IsNullOrWhiteSpace(choice.Description))
        {
            option["description"] = BlockKit.Plain(choice.Description, LongestOption);
        }

        return option;
    }

    private static JsonObject Person(Field field)
    {
        var element = New("users_select");
        if (Users(field.Value).FirstOrDefault() is { } user)
        {
            element["initial_user"] = user;
        }

        return element;
    }

    private static JsonObject People(Field field)
    {
        var element = New("multi_users_select");
        if (Users(field.Value).ToArray() is { Length: > 0 } users)
        {
            element["initial_users"] = new JsonArray([.. users.Select(user => JsonValue.Create(user))]);
        }

        return element;
    }

    private static JsonObject Toggle(Field field)
    {
        var element = New("checkboxes");
        element["options"] = new JsonArray(Option(new Choice(Yes, "Yes")));
        if (field.Value is Yes)
        {
            element["initial_options"] = new JsonArray(Option(new Choice(Yes, "Yes")));
        }

        return element;
    }

    private static IEnumerable<string> Users(string? ids) =>
        from id in (ids ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where PersonId.TryParse(id, out var person) && person.Platform is SlackChatPlatform.PlatformName && Mrkdwn.IsId(person.User)
        select id[(id.LastIndexOf(':') + 1)..];
}
