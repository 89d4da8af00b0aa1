using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>The workspace as JSON, as one person sees it.</summary>
internal static class ControlShapes
{
    public static JsonObject State(WorkspaceView view, string? asked, bool advanceable)
    {
        var me = view.Person(asked ?? "") ?? view.People[0];
        return new JsonObject
        {
            ["workspace"] = view.Name,
            ["now"] = view.At.ToString("O", CultureInfo.InvariantCulture),
            ["advanceable"] = advanceable,
            ["as"] = me.Id,
            ["people"] = new JsonArray([.. view.People.Select(person => Person(view, person))]),
            ["channels"] = new JsonArray([.. view.Channels.Where(channel => Sight.CanSee(channel, me.Id)).Select(channel => Summary(view, channel, me.Id))]),
        };
    }

    public static JsonObject? Channel(WorkspaceView view, string id, string? asked)
    {
        var me = view.Person(asked ?? "") ?? view.People[0];
        if (view.Channel(id) is not { } channel || !Sight.CanSee(channel, me.Id))
        {
            return null;
        }

        var shape = Summary(view, channel, me.Id);
        shape["members"] = Json.Strings(channel.Members);
        shape["bookmarks"] = new JsonArray([.. channel.Bookmarks.Select(bookmark => new JsonObject { ["title"] = bookmark.Title, ["link"] = bookmark.Link })]);
        shape["messages"] = new JsonArray([.. channel.Messages.Where(message => !message.Deleted).Select(Message)]);
        shape["ephemerals"] = new JsonArray([.. view.Ephemerals.Where(seen => seen.User == me.Id && seen.Channel == channel.Id).Select(Ephemeral)]);
        return shape;
    }

    public static JsonObject? Me(WorkspaceView view, string asked)
    {
        if (view.Person(asked) is not { } me)
        {
            return null;
        }

        FormView[] forms = [.. view.Forms.Where(form => form.User == me.Id && form.Type == "modal").OrderBy(form => form.Id, StringComparer.Ordinal)];
        return new JsonObject
        {
            ["id"] = me.Id,
            ["directs"] = new JsonArray([.. view.Channels
                .Where(channel => channel.Kind == ChannelKind.Direct && channel.Members.Contains(me.Id))
                .Select(channel => Channel(view, channel.Id, me.Id))]),
            ["ephemerals"] = new JsonArray([.. view.Ephemerals.Where(seen => seen.User == me.Id).Select(Ephemeral)]),
            ["form"] = forms.Length > 0 ? Form(forms[^1]) : null,
            ["forms"] = forms.Length,
            ["home"] = view.Forms.FirstOrDefault(form => form.User == me.Id && form.Type == "home") is { } home ? Form(home) : null,
        };
    }

    private static JsonObject Person(WorkspaceView view, PersonView person) => new()
    {
        ["id"] = person.Id,
        ["handle"] = person.Handle,
        ["name"] = person.Name,
        ["email"] = person.Email,
        ["title"] = person.Title,
        ["bot"] = person.IsBot,
        ["guest"] = person.IsGuest,
        ["actAs"] = person.ActAs,
        ["waiting"] = Sight.Waiting(view, person.Id),
    };

    private static JsonObject Summary(WorkspaceView view, ChannelView channel, string me) => new()
    {
        ["id"] = channel.Id,
        ["name"] = channel.Name,
        ["label"] = Sight.Label(view, channel, me),
        ["kind"] = channel.Kind.ToString().ToLowerInvariant(),
        ["topic"] = channel.Topic,
        ["archived"] = channel.Archived,
        ["member"] = channel.Members.Contains(me),
        ["unread"] = Sight.Unread(channel, me).Count(),
        ["mentions"] = Sight.Mentions(channel, me),
        ["pins"] = channel.Messages.Count(message => message is { Pinned: not null, Visible: true }),
    };

    private static JsonObject Message(MessageView message)
    {
        var shape = new JsonObject { ["ts"] = message.Ts, ["user"] = message.User, ["bot"] = message.FromBot };
        shape["text"] = message.Tombstone ? "" : message.Text;
        shape.SetIf("subtype", message.Tombstone ? "tombstone" : message.Subtype);
        shape.SetIf("thread_ts", message.ThreadTs);
        shape.SetIf("blocks", message.Tombstone ? null : message.Blocks?.DeepClone());
        shape.SetIf("files", message.Files?.DeepClone());
        shape.SetIf("metadata", message.Metadata?.DeepClone());
        shape["broadcast"] = message.Broadcast;
        shape["edited"] = message.Edited is not null;
        shape["pinned"] = message.Pinned is not null;
        shape["reactions"] = new JsonArray([.. message.Reactions.Select(reaction => new JsonObject { ["name"] = reaction.Name, ["users"] = Json.Strings(reaction.Users) })]);
        return shape;
    }

    private static JsonObject Ephemeral(EphemeralView seen)
    {
        var shape = new JsonObject { ["ts"] = seen.Ts, ["channel"] = seen.Channel, ["text"] = seen.Text, ["slackbot"] = seen.FromSlackbot };
        shape.SetIf("thread_ts", seen.ThreadTs);
        shape.SetIf("blocks", seen.Blocks?.DeepClone());
        return shape;
    }

    private static JsonObject Form(FormView form)
    {
        JsonObject errors = [];
        foreach (var (block, sentence) in form.Errors)
        {
            errors[block] = sentence;
        }

        return new JsonObject { ["id"] = form.Id, ["view"] = form.View.DeepClone(), ["values"] = form.Values.DeepClone(), ["errors"] = errors };
    }
}
