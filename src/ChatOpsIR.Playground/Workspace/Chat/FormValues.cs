using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Field values: from the plain values that a page sends to Slack's typed <c>state.values</c>, with the checks that Slack's own
/// client makes before it sends a form.</summary>
internal static class FormValues
{
    public static JsonObject Initial(JsonObject view)
    {
        JsonObject values = [];
        foreach (var (block, element) in Fields(view["blocks"] as JsonArray))
        {
            var type = element.Text("type") ?? "";
            var initial = type switch
            {
                "multi_users_select" => element["initial_users"],
                "users_select" => element["initial_user"],
                "multi_static_select" or "multi_external_select" or "checkboxes" => element["initial_options"],
                "static_select" or "external_select" or "radio_buttons" => element["initial_option"],
                "datepicker" => element["initial_date"],
                "datetimepicker" => element["initial_date_time"],
                "timepicker" => element["initial_time"],
                "conversations_select" => element["initial_conversation"],
                "channels_select" => element["initial_channel"],
                _ => element["initial_value"],
            };
            Set(values, block.Text("block_id")!, element, initial);
        }

        return values;
    }

    /// <summary>Lays what was typed over the current values. Unknown fields are ignored, as a client cannot send them.</summary>
    public static JsonObject Merge(JsonObject current, JsonArray? blocks, JsonObject typed)
    {
        var values = (JsonObject)current.DeepClone();
        foreach (var (block, element) in Fields(blocks))
        {
            if (typed[block.Text("block_id")!] is JsonObject actions && actions.ContainsKey(element.Text("action_id")!))
            {
                Set(values, block.Text("block_id")!, element, actions[element.Text("action_id")!]);
            }
        }

        return values;
    }

    /// <summary>What the client refuses by itself: an empty required field, a text too short or too long, a number that is none.</summary>
    public static Dictionary<string, string> Problems(JsonArray? blocks, JsonObject values)
    {
        Dictionary<string, string> problems = [];
        foreach (var (block, element) in Fields(blocks).Where(pair => pair.Block.Text("type") == "input"))
        {
            var id = block.Text("block_id")!;
            var value = values[id]?[element.Text("action_id")!] as JsonObject;
            var content = value?.FirstOrDefault(pair => pair.Key != "type").Value;
            var empty = content is null or JsonArray { Count: 0 } || (content is JsonValue text && text.TryGetValue(out string? words) && words.Length == 0);
            if (empty && !block.Flag("optional"))
            {
                problems[id] = "Please complete this required field.";
            }
            else if (!empty && LengthProblem(element, content!) is { } problem)
            {
                problems[id] = problem;
            }
        }

        return problems;
    }

    /// <summary>Elements that hold a value, with the block that they stand in.</summary>
    public static IEnumerable<(JsonObject Block, JsonObject Element)> Fields(JsonArray? blocks) =>
        from block in (blocks ?? []).OfType<JsonObject>()
        from element in BlockRules.ElementsOf(block)
        where element.Text("type") is { } type && Elements.IsInteractive(type) && type is not ("button" or "overflow")
        select (block, element);

    public static JsonObject Typed(JsonObject element, JsonNode? plain)
    {
        var type = element.Text("type") ?? "";
        var (name, value) = type switch
        {
            "users_select" => ("selected_user", Word(plain)),
            "multi_users_select" => ("selected_users", Many(plain)),
            "conversations_select" => ("selected_conversation", Word(plain)),
            "multi_conversations_select" => ("selected_conversations", Many(plain)),
            "channels_select" => ("selected_channel", Word(plain)),
            "multi_channels_select" => ("selected_channels", Many(plain)),
            "datepicker" => ("selected_date", Word(plain)),
            "timepicker" => ("selected_time", Word(plain)),
            "datetimepicker" => ("selected_date_time", Moment(plain)),
            "static_select" or "external_select" or "radio_buttons" or "overflow" => ("selected_option", Option(element, plain)),
            "multi_static_select" or "multi_external_select" or "checkboxes" => ("selected_options", OptionsOf(element, plain)),
            _ => ("value", Word(plain)),
        };
        return new JsonObject { ["type"] = type, [name] = value };
    }

    private static void Set(JsonObject values, string block, JsonObject element, JsonNode? plain)
    {
        if (values[block] is not JsonObject actions)
        {
            values[block] = actions = [];
        }

        actions[element.Text("action_id")!] = Typed(element, plain);
    }

    private static JsonValue? Word(JsonNode? plain) => plain switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text.Length == 0 ? null : JsonValue.Create(text),
        _ => JsonValue.Create(plain.ToJsonString()),
    };

    private static JsonArray Many(JsonNode? plain) => plain switch
    {
        JsonArray array => (JsonArray)array.DeepClone(),
        null => [],
        _ => [Word(plain)],
    };

    private static JsonValue? Moment(JsonNode? plain) => plain switch
    {
        JsonValue value when value.TryGetValue(out long seconds) => JsonValue.Create(seconds),
        JsonValue value when value.TryGetValue(out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => JsonValue.Create(seconds),
        JsonValue value when value.TryGetValue(out string? text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => JsonValue.Create(moment.ToUnixTimeSeconds()),
        _ => null,
    };

    /// <summary>An option by its value; the suggestions of an external select are not listed, so the page sends the whole option.</summary>
    private static JsonNode? Option(JsonObject element, JsonNode? plain)
    {
        if (plain is JsonObject whole)
        {
            return whole.DeepClone();
        }

        if (Word(plain) is not { } value)
        {
            return null;
        }

        var options = (element["options"] as JsonArray ?? [])
            .Concat((element["option_groups"] as JsonArray ?? []).SelectMany(group => group?["options"] as JsonArray ?? []));
        return Json.Copy(options.FirstOrDefault(option => option.Text("value") == value.GetValue<string>()));
    }

    private static JsonArray OptionsOf(JsonObject element, JsonNode? plain) =>
        [.. Many(plain).Select(item => Option(element, item?.DeepClone())).OfType<JsonNode>()];

    private static string? LengthProblem(JsonObject element, JsonNode content)
    {
        if (content is not JsonValue value || !value.TryGetValue(out string? text))
        {
            return null;
        }

        var length = Guard.CodePoints(text);
        return element.Text("type") switch
        {
            "plain_text_input" when element["min_length"] is JsonValue least && length < least.GetValue<int>() =>
                $"Enter at least {least.GetValue<int>()} characters.",
            "plain_text_input" when element["max_length"] is JsonValue most && length > most.GetValue<int>() =>
                $"Enter at most {most.GetValue<int>()} characters.",
            "number_input" when !decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _) => "Enter a number.",
            "email_text_input" when !text.Contains('@', StringComparison.Ordinal) => "Enter an e-mail address.",
            _ => null,
        };
    }
}
