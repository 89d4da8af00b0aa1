using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>A form as the Web API and the interaction payloads describe it.</summary>
internal static class FormShapes
{
    public static JsonObject View(OpenView open)
    {
        var view = open.View;
        return new JsonObject
        {
            ["id"] = open.Id,
            ["team_id"] = WorkspaceState.TeamId,
            ["type"] = open.Type,
            ["blocks"] = Json.Copy(view["blocks"]),
            ["private_metadata"] = view.Text("private_metadata") ?? "",
            ["callback_id"] = view.Text("callback_id") ?? "",
            ["state"] = new JsonObject { ["values"] = open.Values.DeepClone() },
            ["hash"] = open.Hash,
            ["title"] = Json.Copy(view["title"]),
            ["clear_on_close"] = view.Flag("clear_on_close"),
            ["notify_on_close"] = view.Flag("notify_on_close"),
            ["close"] = Json.Copy(view["close"]),
            ["submit"] = Json.Copy(view["submit"]),
            ["previous_view_id"] = open.PreviousId,
            ["root_view_id"] = open.RootId,
            ["app_id"] = WorkspaceState.AppId,
            ["external_id"] = view.Text("external_id") ?? "",
            ["app_installed_team_id"] = WorkspaceState.TeamId,
            ["bot_id"] = WorkspaceState.BotId,
        };
    }
}
