using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>The limits of interactive elements. See https://docs.slack.dev/reference/block-kit/block-elements.</summary>
internal static class Elements
{
    private static readonly HashSet<string> Interactive =
    [
        "button", "static_select", "external_select", "users_select", "conversations_select", "channels_select", "multi_static_select",
        "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select", "overflow", "datepicker",
        "timepicker", "datetimepicker", "checkboxes", "radio_buttons", "plain_text_input", "number_input", "email_text_input",
        "url_text_input", "rich_text_input", "file_input",
    ];

    public static bool IsInteractive(string type) => Interactive.Contains(type);

    public static void One(JsonObject element, Check check, string where)
    {
        var type = element.Text("type") ?? "";
        if (type == "image")
        {
            check.Length(element.Text("alt_text"), 2_000, where + "/alt_text", least: 1);
            return;
        }

        if (!IsInteractive(type))
        {
            check.Say("unsupported type: " + type, where + "/type");
            return;
        }

        check.Length(element.Text("action_id"), 255, where + "/action_id");
        check.TextObject(element["placeholder"], 150, where + "/placeholder", plainOnly: true, required: false);
        Confirm(element["confirm"] as JsonObject, check, where + "/confirm");
        switch (type)
        {
            case "button": Button(element, check, where); break;
            case "static_select" or "multi_static_select": Select(element, check, where); break;
            case "overflow": Options(element["options"] as JsonArray, 5, check, where + "/options"); break;
            case "radio_buttons" or "checkboxes": Options(element["options"] as JsonArray, 10, check, where + "/options"); break;
            case "plain_text_input": TextInput(element, check, where); break;
            default: break;
        }
    }

    public static void Options(JsonArray? options, int most, Check check, string where)
    {
        check.Count(options, 1, most, where);
        for (var index = 0; index < (options?.Count ?? 0); index++)
        {
            var place = $"{where}/{index}";
            var option = options![index];
            check.TextObject((option as JsonObject)?["text"], 75, place + "/text");
            check.Length(option.Text("value"), 150, place + "/value");
            check.TextObject((option as JsonObject)?["description"], 75, place + "/description", required: false);
        }
    }

    private static void Button(JsonObject element, Check check, string where)
    {
        check.TextObject(element["text"], 75, where + "/text", plainOnly: true);
        check.Length(element.Text("value"), 2_000, where + "/value");
        check.Length(element.Text("url"), 3_000, where + "/url");
        check.Length(element.Text("accessibility_label"), 75, where + "/accessibility_label");
        if (element["style"] is not null && element.Text("style") is not ("primary" or "danger"))
        {
            check.Say("must be primary or danger", where + "/style");
        }
    }

    private static void Select(JsonObject element, Check check, string where)
    {
        if (element["option_groups"] is JsonArray groups)
        {
            check.Count(groups, 1, 100, where + "/option_groups");
            for (var index = 0; index < groups.Count; index++)
            {
                var place = $"{where}/option_groups/{index}";
                check.TextObject((groups[index] as JsonObject)?["label"], 75, place + "/label", plainOnly: true);
                Options((groups[index] as JsonObject)?["options"] as JsonArray, 100, check, place + "/options");
            }

            return;
        }

        Options(element["options"] as JsonArray, 100, check, where + "/options");
        if (element["initial_option"] is JsonObject initial
            && !(element["options"] as JsonArray ?? []).Any(option => option.Text("value") == initial.Text("value")))
        {
            check.Say("must be one of the options", where + "/initial_option");
        }
    }

    private static void TextInput(JsonObject element, Check check, string where)
    {
        if (element["max_length"] is JsonValue most && (!most.TryGetValue(out int number) || number is < 1 or > 3_000))
        {
            check.Say("must be between 1 and 3000", where + "/max_length");
        }
    }

    private static void Confirm(JsonObject? confirm, Check check, string where)
    {
        if (confirm is null)
        {
            return;
        }

        check.TextObject(confirm["title"], 100, where + "/title", plainOnly: true);
        check.TextObject(confirm["text"], 300, where + "/text");
        check.TextObject(confirm["confirm"], 30, where + "/confirm", plainOnly: true);
        check.TextObject(confirm["deny"], 30, where + "/deny", plainOnly: true);
    }
}
