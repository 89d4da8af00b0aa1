using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>The published limits of modals and home tabs.</summary>
internal static class ViewRules
{
    public static JsonObject Checked(JsonNode? node, WorkspaceState state, string type = "modal")
    {
        if (node is not JsonObject view)
        {
            throw SlackRefusal.Because("invalid_arguments", "missing required field: view [json-pointer:/view]");
        }

        if (Encoding.UTF8.GetByteCount(view.ToJsonString()) > 250_000)
        {
            throw new SlackRefusal("view_too_large");
        }

        var check = new Check();
        if (view.Text("type") != type)
        {
            check.Say("must be " + type, "/view/type");
        }

        if (type == "modal")
        {
            check.TextObject(view["title"], 24, "/view/title", plainOnly: true);
            check.TextObject(view["submit"], 24, "/view/submit", plainOnly: true, required: false);
            check.TextObject(view["close"], 24, "/view/close", plainOnly: true, required: false);
        }

        check.Length(view.Text("private_metadata"), 3_000, "/view/private_metadata");
        check.Length(view.Text("callback_id"), 255, "/view/callback_id");
        check.Length(view.Text("external_id"), 255, "/view/external_id");
        Blocks(view, check, type);
        BlockRules.Refuse(check, "invalid_arguments");
        BlockRules.Name(view["blocks"]!.AsArray(), state);
        return view;
    }

    private static void Blocks(JsonObject view, Check check, string type)
    {
        if (view["blocks"] is not JsonArray blocks)
        {
            check.Say("missing required field: blocks", "/view/blocks");
            return;
        }

        if (blocks.Count > 100)
        {
            check.Say("no more than 100 items allowed", "/view/blocks");
        }

        BlockRules.All(blocks, check);
        if (type == "modal" && view["submit"] is null && blocks.Any(block => block.Text("type") == "input"))
        {
            check.Say("`submit` is required when a view has an input block", "/view/submit");
        }
    }
}
