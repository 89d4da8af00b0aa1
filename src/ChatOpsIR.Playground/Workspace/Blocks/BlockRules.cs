using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>The published limits of Block Kit. See https://docs.slack.dev/reference/block-kit/blocks.</summary>
internal static class BlockRules
{
    public static JsonArray ForMessage(JsonNode node, WorkspaceState state)
    {
        var blocks = node as JsonArray ?? throw new SlackRefusal("invalid_blocks_format");
        var check = new Check();
        if (blocks.Count > 50)
        {
            check.Say("no more than 50 items allowed", "/blocks");
        }

        All(blocks, check);
        Refuse(check, "invalid_blocks");
        Name(blocks, state);
        return blocks;
    }

    public static void Refuse(Check check, string error)
    {
        if (check.Problems.Count > 0)
        {
            throw new SlackRefusal(error, new JsonObject
            {
                ["errors"] = Json.Strings(check.Problems),
                ["response_metadata"] = new JsonObject { ["messages"] = Json.Strings(check.Problems) },
            });
        }
    }

    /// <summary>Slack gives a block_id and an action_id to whatever came without.</summary>
    public static void Name(JsonArray blocks, WorkspaceState state)
    {
        foreach (var block in blocks.OfType<JsonObject>())
        {
            block["block_id"] ??= state.NextId("b");
            foreach (var element in ElementsOf(block))
            {
                if (element.Text("type") is { } type && Elements.IsInteractive(type))
                {
                    element["action_id"] ??= state.NextId("a");
                }
            }
        }
    }

    /// <summary>The interactive parts of a block, wherever the block keeps them.</summary>
    public static IEnumerable<JsonObject> ElementsOf(JsonObject block) =>
        (block["elements"] as JsonArray ?? []).Append(block["accessory"]).Append(block["element"]).OfType<JsonObject>();

    public static void All(JsonArray blocks, Check check)
    {
        HashSet<string> ids = [];
        for (var index = 0; index < blocks.Count; index++)
        {
            var where = $"/blocks/{index}";
            if (blocks[index] is not JsonObject block || block.Text("type") is not { } type)
            {
                check.Say("must be a block", where);
                continue;
            }

            check.Length(block.Text("block_id"), 255, where + "/block_id");
            if (block.Text("block_id") is { } id && !ids.Add(id))
            {
                check.Say($"`block_id`s should be unique: {id}", where + "/block_id");
            }

            One(block, type, check, where);
            UniqueActions(block, check, where);
        }
    }

    private static void One(JsonObject block, string type, Check check, string where)
    {
        switch (type)
        {
            case "section": Section(block, check, where); break;
            case "header": check.TextObject(block["text"], 150, where + "/text", plainOnly: true); break;
            case "divider": break;
            case "context": Context(block, check, where); break;
            case "actions": Actions(block, check, where); break;
            case "image": Image(block, check, where); break;
            case "rich_text": check.Need(block, "elements", where); break;
            case "markdown": check.Length(block.Text("text"), 12_000, where + "/text", least: 1); break;
            case "input": Input(block, check, where); break;
            case "file" or "video" or "table" or "call": break;
            default: check.Say("unsupported type: " + type, where + "/type"); break;
        }
    }

    private static void Section(JsonObject block, Check check, string where)
    {
        if (block["text"] is null && block["fields"] is null)
        {
            check.Say("missing required field: text or fields", where);
        }

        check.TextObject(block["text"], 3_000, where + "/text", required: false);
        if (block["fields"] is { } fields)
        {
            check.Count(fields as JsonArray, 1, 10, where + "/fields");
            Each(fields as JsonArray, where + "/fields", (field, place) => check.TextObject(field, 2_000, place));
        }

        if (block["accessory"] is JsonObject accessory)
        {
            Elements.One(accessory, check, where + "/accessory");
        }
    }

    private static void Context(JsonObject block, Check check, string where)
    {
        check.Count(block["elements"] as JsonArray, 1, 10, where + "/elements");
        Each(block["elements"] as JsonArray, where + "/elements", (element, place) =>
        {
            if (element.Text("type") == "image")
            {
                Image(element as JsonObject ?? [], check, place);
            }
            else
            {
                check.TextObject(element, 3_000, place);
            }
        });
    }

    private static void Actions(JsonObject block, Check check, string where)
    {
        check.Count(block["elements"] as JsonArray, 1, 25, where + "/elements");
        Each(block["elements"] as JsonArray, where + "/elements", (element, place) => Elements.One(element as JsonObject ?? [], check, place));
    }

    private static void Image(JsonObject block, Check check, string where)
    {
        check.Length(block.Text("image_url"), 3_000, where + "/image_url");
        check.Length(block.Text("alt_text"), 2_000, where + "/alt_text", least: 1);
    }

    private static void Input(JsonObject block, Check check, string where)
    {
        check.TextObject(block["label"], 2_000, where + "/label", plainOnly: true);
        check.TextObject(block["hint"], 2_000, where + "/hint", plainOnly: true, required: false);
        if (block["element"] is JsonObject element)
        {
            Elements.One(element, check, where + "/element");
        }
        else
        {
            check.Say("missing required field: element", where);
        }
    }

    private static void UniqueActions(JsonObject block, Check check, string where)
    {
        var twice = ElementsOf(block).Select(element => element.Text("action_id")).OfType<string>().GroupBy(id => id).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            check.Say($"`action_id`s should be unique in a block: {twice.Key}", where);
        }
    }

    private static void Each(JsonArray? items, string where, Action<JsonNode?, string> look)
    {
        for (var index = 0; index < (items?.Count ?? 0); index++)
        {
            look(items![index], $"{where}/{index}");
        }
    }
}
