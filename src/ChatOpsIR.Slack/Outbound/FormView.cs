using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Form to modal view. Block ids are field names and action ids are <c>v</c>, which the way in reads again.</summary>
internal static class FormView
{
    private const int LongestTitle = 24;
    private const int LongestInput = 3000;

    public static void Write(Utf8JsonWriter json, Form form, RoomId? room)
    {
        json.WriteStartObject();
        json.WriteString("type", "modal");
        json.WriteString("callback_id", "incident_form");
        json.WriteString("private_metadata", JsonSerializer.Serialize(new { verb = form.Verb, incident = form.Incident?.ToString(), room = room?.Id }));
        BlockKit.PlainText(json, "title", form.Title, LongestTitle);
        BlockKit.PlainText(json, "submit", form.Submit, LongestTitle);
        BlockKit.PlainText(json, "close", "Cancel", LongestTitle);
        json.WriteStartArray("blocks");
        if (form.Intro is { } intro)
        {
            BlockKit.WriteBlocks(json, new Card("", [new Paragraph(intro)]));
        }

        foreach (var field in form.Fields)
        {
            WriteField(json, field);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteResult(Utf8JsonWriter json, Card card)
    {
        json.WriteStartObject();
        json.WriteString("type", "modal");
        json.WriteString("callback_id", "incident_result");
        BlockKit.PlainText(json, "title", "Done", LongestTitle);
        BlockKit.PlainText(json, "close", "Close", LongestTitle);
        json.WriteStartArray("blocks");
        BlockKit.WriteBlocks(json, card);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, Field field)
    {
        json.WriteStartObject();
        json.WriteString("type", "input");
        json.WriteString("block_id", field.Name);
        json.WriteBoolean("optional", field.Optional);
        BlockKit.PlainText(json, "label", field.Label, 2000);
        if (field.Hint is { } hint)
        {
            BlockKit.PlainText(json, "hint", hint, 2000);
        }

        json.WriteStartObject("element");
        json.WriteString("action_id", "v");
        WriteElement(json, field);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteElement(Utf8JsonWriter json, Field field)
    {
        switch (field.Kind)
        {
            case FieldKind.Line or FieldKind.Text:
                json.WriteString("type", "plain_text_input");
                json.WriteBoolean("multiline", field.Kind is FieldKind.Text);
                json.WriteNumber("max_length", field.MaxLength is > 0 and < LongestInput ? field.MaxLength : LongestInput);
                if (!string.IsNullOrEmpty(field.Value))
                {
                    json.WriteString("initial_value", Mrkdwn.Cut(field.Value, field.MaxLength is > 0 and < LongestInput ? field.MaxLength : LongestInput));
                }

                break;
            case FieldKind.Choice:
                json.WriteString("type", "static_select");
                json.WriteStartArray("options");
                foreach (var choice in field.Choices)
                {
                    WriteOption(json, choice);
                }

                json.WriteEndArray();
                if (field.Choices.FirstOrDefault(choice => choice.Value == field.Value) is { } initial)
                {
                    json.WritePropertyName("initial_option");
                    WriteOption(json, initial);
                }

                break;
            case FieldKind.Person:
                json.WriteString("type", "users_select");
                break;
            case FieldKind.People:
                json.WriteString("type", "multi_users_select");
                break;
            default:
                json.WriteString("type", "checkboxes");
                json.WriteStartArray("options");
                WriteOption(json, new Choice("yes", "Yes"));
                json.WriteEndArray();
                break;
        }
    }

    private static void WriteOption(Utf8JsonWriter json, Choice choice)
    {
        json.WriteStartObject();
        BlockKit.PlainText(json, "text", choice.Label, 75);
        json.WriteString("value", Mrkdwn.Cut(choice.Value, 150));
        if (choice.Description is { } description)
        {
            BlockKit.PlainText(json, "description", description, 75);
        }

        json.WriteEndObject();
    }
}
