using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Forms that people have open. A person has one stack of at most three.</summary>
internal sealed class Forms(WorkspaceState state)
{
    public IReadOnlyList<OpenView> StackOf(string user) =>
        [.. state.Views.Values.Where(view => view.User == user && view.Type == "modal").OrderBy(view => view.Id, StringComparer.Ordinal)];

    /// <summary>A new form takes the place of whatever the person had open.</summary>
    public OpenView Open(string user, JsonObject view)
    {
        CloseAll(user);
        return Add(user, view, previous: null);
    }

    public OpenView Push(string user, JsonObject view)
    {
        var stack = StackOf(user);
        return stack.Count switch
        {
            0 => throw new SlackRefusal("not_found"),
            >= 3 => throw new SlackRefusal("push_limit_reached"),
            _ => Add(user, view, stack[^1]),
        };
    }

    public OpenView Add(string user, JsonObject view, OpenView? previous)
    {
        var id = state.NextId("V");
        var open = new OpenView
        {
            Id = id,
            User = user,
            View = view,
            Hash = NewHash(),
            RootId = previous?.RootId ?? id,
            PreviousId = previous?.Id,
        };
        open.Values = FormValues.Initial(view);
        state.Views[id] = open;
        state.Touch(open);
        return open;
    }

    /// <summary>Typed values stay where block and action keep their ids.</summary>
    public void Replace(OpenView open, JsonObject view)
    {
        var typed = open.Values;
        open.View = view;
        open.Hash = NewHash();
        open.Errors = [];
        open.Values = FormValues.Initial(view);
        foreach (var (block, actions) in open.Values.ToList())
        {
            foreach (var (action, _) in actions!.AsObject().ToList())
            {
                if (typed[block]?[action] is { } kept)
                {
                    actions[action] = kept.DeepClone();
                }
            }
        }

        state.Touch(open);
    }

    public void Close(OpenView view)
    {
        state.Views.Remove(view.Id);
        state.Touch(view);
    }

    public void CloseAll(string user)
    {
        foreach (var view in StackOf(user))
        {
            Close(view);
        }
    }

    private string NewHash() => $"{state.NowSeconds}.{state.NextNumber():x8}";
}
