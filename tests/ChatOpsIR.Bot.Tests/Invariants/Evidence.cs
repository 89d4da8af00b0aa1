using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>What a run left behind: the record, what people really see, and what they were told is done.</summary>
internal sealed record Evidence(RecordStorage Storage, WorkspaceView Workspace, Policy Policy)
{
    /// <summary>
    /// Nothing is under way any more. While work goes on, leave it false: then only what has to hold at every instant is checked.
    /// </summary>
    public bool Quiet { get; init; } = true;

    /// <summary>The bot's clock; null when nobody advanced it, so that nothing can have become due unnoticed.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>How far the clock of a bot was off at most: what it recorded may bear times that are wrong by so much.</summary>
    public TimeSpan ClocksOffBy { get; init; }

    public IReadOnlyList<Acknowledged> Acknowledged { get; init; } = [];

    /// <summary>Events that the bot never took and that Slack has given up: what they told cannot be in the record.</summary>
    public IReadOnlyList<Delivery> GivenUp { get; init; } = [];
}

/// <summary>Something that was answered as done.</summary>
/// <param name="What">For the sentence: the command, as it was typed.</param>
/// <param name="CauseKey">The cause that must be in the record; null when the answer said that it was so already.</param>
/// <param name="Incident">The incident that the answer named; null when any stream may hold the cause.</param>
internal sealed record Acknowledged(string What, string? CauseKey, IncidentId? Incident)
{
    /// <summary>A slash command, by the delivery that carried it.</summary>
    public static Acknowledged Command(string what, Delivery delivery, IncidentId? incident, IKeyedHash hash)
    {
        var form = System.Text.Encoding.UTF8.GetString(delivery.Body).Split('&').Select(pair => pair.Split('=', 2));
        var trigger = Uri.UnescapeDataString(form.First(pair => pair[0] == "trigger_id")[1]);
        return new Acknowledged(what, $"slack:cmd:{hash.Of(trigger)}", incident);
    }
}
