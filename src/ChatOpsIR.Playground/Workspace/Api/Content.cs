using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Text, blocks and attachments of a message that the bot sends, checked.</summary>
internal sealed record Content(string Text, JsonArray? Blocks, JsonArray? Attachments)
{
    public static Content Of(ApiArguments given, WorkspaceState state)
    {
        var text = given.Text("text") ?? "";
        var blocks = given.Tree("blocks", "invalid_blocks_format") is { } node ? BlockRules.ForMessage(node, state) : null;
        if (given.Text("markdown_text") is { } markdown)
        {
            if (text.Length > 0 || blocks is not null)
            {
                throw new SlackRefusal("markdown_text_conflict");
            }

            Guard.Length(markdown, 12_000, "msg_too_long");
            text = markdown;
        }

        var attachments = given.Tree("attachments", "invalid_attachments") as JsonArray;
        if (attachments?.Count > 100)
        {
            throw new SlackRefusal("too_many_attachments");
        }

        var empty = text.Length == 0 && (blocks is null || blocks.Count == 0) && (attachments is null || attachments.Count == 0);
        return empty ? throw new SlackRefusal("no_text") : new Content(text, blocks is { Count: 0 } ? null : blocks, attachments);
    }
}
