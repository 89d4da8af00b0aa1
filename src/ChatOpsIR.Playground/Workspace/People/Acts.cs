using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>What people do in the workspace, by the name of the deed.</summary>
internal sealed class Acts(WorkspaceState state, Room room, Posts posts, Interactions interactions)
{
    public ActResult Do(JsonObject act)
    {
        try
        {
            var given = new ActArguments(state, act);
            return (act.Text("do") ?? "") switch
            {
                "message" => Say(given),
                "edit" => Edit(given),
                "delete" => Delete(given),
                "react" => React(given, posts.React),
                "unreact" => React(given, posts.Unreact),
                "pin" => Done(() => posts.Pin(given.Joined(), given.Message(), given.Person.Id)),
                "unpin" => Done(() => posts.Unpin(given.Joined(), given.Message(), given.Person.Id)),
                "join" => Done(() => room.Enter(given.Visible(), given.Person.Id, inviter: null)),
                "leave" => Done(() => room.Leave(given.Joined(), given.Person.Id)),
                "invite" => Invite(given),
                "kick" => Done(() => room.Kick(given.Joined(), given.Other().Id, given.Person.Id)),
                "delete-file" => DeleteFile(given),
                "home" => Done(() => room.OpenHome(given.Person.Id)),
                "topic" => Done(() => room.SetTopic(given.Active(), given.Text("topic") ?? "", given.Person.Id)),
                "purpose" => Done(() => room.SetPurpose(given.Active(), given.Text("purpose") ?? "", given.Person.Id)),
                "rename" => Done(() => room.Rename(given.Active(), given.Text("name") ?? "", given.Person.Id)),
                "archive" => Done(() => room.Archive(given.Joined(), given.Person.Id)),
                "unarchive" => Unarchive(given),
                "create" => Create(given),
                "open" => Open(given),
                "read" => Read(given),
                "command" => Command(given, given.Text("text") ?? ""),
                "press" or "select" => interactions.Press(given),
                "submit" => interactions.Submit(given),
                "close" => interactions.Close(given),
                "shortcut" => interactions.Shortcut(given),
                "message-shortcut" => interactions.MessageShortcut(given),
                "suggest" => interactions.Suggest(given),
                var other => new ActResult("unknown_act", new JsonObject { ["act"] = other }),
            };
        }
        catch (SlackRefusal refusal)
        {
            return new ActResult(refusal.Error, []);
        }
    }

    private ActResult Say(ActArguments given)
    {
        var text = given.Text("text") ?? "";
        var channel = given.Active();
        if (text.StartsWith('/') && text.Length > 1 && char.IsLetter(text[1]))
        {
            return given.Text("thread_ts") is null ? Command(given, text) : Whisper(given, channel, $"{FirstWord(text)} is not supported in threads.");
        }

        var files = Uploads.Of(state, given.List("files"), given.Person.Id, channel);
        if (text.Length == 0 && files is null)
        {
            throw new SlackRefusal("no_text");
        }

        string? thread = null;
        if (given.Text("thread_ts") is { Length: > 0 } asked)
        {
            thread = state.TryMessage(channel.Id, asked, out var parent) ? parent.ThreadTs ?? parent.Ts : throw new SlackRefusal("thread_not_found");
        }

        var pieces = SlackText.Cut(text, state, given.Person.Id);
        var message = posts.Post(channel, new Message
        {
            Channel = channel.Id,
            Ts = state.NextTs(),
            User = given.Person.Id,
            Text = SlackText.Message(pieces),
            ClientMessageId = $"00000000-0000-4000-8000-{state.NextNumber():x12}",
            Blocks = pieces.Count == 0 ? null : SlackText.RichText(pieces, state.NextId("b")),
            Files = files,
            ThreadTs = thread,
            Broadcast = thread is not null && given.Flag("broadcast"),
        });
        return new ActResult(null, new JsonObject { ["channel"] = channel.Id, ["ts"] = message.Ts });
    }

    private ActResult Command(ActArguments given, string typed)
    {
        var command = FirstWord(typed);
        return state.Settings.Commands.Contains(command)
            ? interactions.Command(given, command, typed[command.Length..].Trim())
            : Whisper(given, given.Visible(), $"{command} is not a valid command.");
    }

    private ActResult Whisper(ActArguments given, Channel channel, string text)
    {
        state.Ephemerals.Add(new Ephemeral
        {
            Ts = state.NextTs(),
            User = given.Person.Id,
            Channel = channel.Id,
            Text = text,
            ThreadTs = given.Text("thread_ts"),
            FromSlackbot = true,
        });
        return new ActResult("not_a_command", new JsonObject { ["text"] = text });
    }

    private static string FirstWord(string text) => text.Split(' ', '\n', '\t')[0];

    private ActResult Edit(ActArguments given)
    {
        var message = given.OwnMessage();
        var pieces = SlackText.Cut(given.Text("text") ?? "", state, given.Person.Id);
        if (pieces.Count == 0)
        {
            throw new SlackRefusal("no_text");
        }

        var text = SlackText.Message(pieces);
        if (text != message.Text)
        {
            posts.Edit(given.Active(), message, given.Person.Id, changed =>
            {
                changed.Text = text;
                changed.Blocks = SlackText.RichText(pieces, state.NextId("b"));
            });
        }

        return new ActResult(null, new JsonObject { ["ts"] = message.Ts });
    }

    private ActResult Delete(ActArguments given) => Done(() => posts.Delete(given.Joined(), given.OwnMessage(), given.Person.Id));

    private ActResult DeleteFile(ActArguments given) => Done(() =>
    {
        var message = given.OwnMessage();
        var file = message.Files?.FirstOrDefault(file => file.Text("id") == given.Text("file") && !FileShapes.IsGone(file));
        posts.DeleteFile(given.Joined(), message, file ?? throw new SlackRefusal("file_not_found"));
    });

    private static ActResult React(ActArguments given, Action<Channel, Message, string, string> act) =>
        Done(() => act(given.Active(), given.Message(), given.Person.Id, (given.Text("name") ?? "").Trim(':')));

    private ActResult Invite(ActArguments given)
    {
        var channel = given.Active();
        var other = given.Other();
        if (channel.Members.Contains(other.Id))
        {
            throw new SlackRefusal("already_in_channel");
        }

        room.Enter(channel, other.Id, given.Person.Id);
        return new ActResult(null, []);
    }

    private ActResult Unarchive(ActArguments given) => Done(() =>
    {
        var channel = given.Visible();
        channel.Archived = false;
        state.Touch(channel);
        room.Enter(channel, given.Person.Id, inviter: null);
        posts.Record(channel, given.Person.Id, "channel_unarchive", $"<@{given.Person.Id}> un-archived the channel");
    });

    private ActResult Create(ActArguments given) =>
        new(null, new JsonObject { ["channel"] = room.Create(given.Text("name") ?? "", given.Flag("private"), given.Person.Id).Id });

    private ActResult Open(ActArguments given) =>
        new(null, new JsonObject { ["channel"] = room.Direct(given.Person.Id, given.Other().Id).Channel.Id });

    private ActResult Read(ActArguments given)
    {
        var channel = given.Visible();
        if (state.MessagesOf(channel.Id) is [.., var last]
            && string.CompareOrdinal(channel.LastRead.GetValueOrDefault(given.Person.Id, ""), last.Ts) < 0)
        {
            channel.LastRead[given.Person.Id] = last.Ts;
            state.Touch(channel);
        }

        return new ActResult(null, []);
    }

    private static ActResult Done(Action act)
    {
        act();
        return new ActResult(null, []);
    }
}
