using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Streams;

/// <summary>How an incident's stream is folded, and which directory rows stand before an append.</summary>
public sealed class IncidentRules(Policy policy, IDirectory directory, IReminders reminders, Bell bell) : StreamRules<Incident>
{
    public override Incident Empty(StreamId stream) =>
        IncidentId.TryParse(stream.Value, out var id)
            ? new Incident { Id = id }
            : throw new ArgumentException($"{stream} is no incident's stream.", nameof(stream));

    public override Incident Apply(Incident state, long version, Stamp stamp, Fact fact, ImmutableArray<Effect> effects) =>
        state.Apply(version, stamp, fact, effects);

    public override Fact Admit(Incident state, Fact fact) => Redaction.Strip(state, fact);

    public override ImmutableArray<Effect> React(Fact fact, Incident before, Incident after) => Reaction.To(fact, before, after, policy);

    public override async Task BeforeAppendAsync(Incident before, Incident after, CancellationToken cancellationToken)
    {
        // A new incident's row stands already: whoever declares it writes the row before entry 1.
        var hasWork = (before.Pending.IsEmpty && !after.Pending.IsEmpty) || after.Redactions.Length > before.Redactions.Length;
        if (before.Version > 0 && hasWork)
        {
            await directory.TouchActiveAsync(after.Id, cancellationToken);
        }

        if (NewlyDue(before, after) is { } next)
        {
            await directory.PutDueAsync(new DueRow(DueRow.BucketOf(next), after.Id), cancellationToken);
        }
    }

    public override void Appended(Incident before, Incident after)
    {
        if (NewlyDue(before, after) is { } next)
        {
            reminders.WakeAt(DueRow.BucketOf(next));
        }

        // A message changes nothing but the version: nothing is promised by it and no surface shows it.
        if (after with { Version = before.Version } != before)
        {
            bell.Ring(after.Id);
        }
    }

    // Null when what is due next is what was due before.
    private DateTimeOffset? NewlyDue(Incident before, Incident after) =>
        !Due.IsSame(before, after) && Due.Next(after, policy) is { } next && next != Due.Next(before, policy) ? next : null;
}

/// <summary>How the numbers' stream is folded.</summary>
public sealed class NumberRules : StreamRules<Organisation.NumberBook>
{
    public override Organisation.NumberBook Empty(StreamId stream) => new();

    public override Organisation.NumberBook Apply(
        Organisation.NumberBook state, long version, Stamp stamp, Fact fact, ImmutableArray<Effect> effects) => state.Apply(stamp, fact);
}

/// <summary>How the subscriptions' stream is folded.</summary>
public sealed class SubscriptionRules : StreamRules<Organisation.SubscriptionBook>
{
    public override Organisation.SubscriptionBook Empty(StreamId stream) => new();

    public override Organisation.SubscriptionBook Apply(
        Organisation.SubscriptionBook state, long version, Stamp stamp, Fact fact, ImmutableArray<Effect> effects) => state.Apply(fact);
}

/// <summary>Rings when an incident's stream has grown, so that whoever carries out effects looks at it.</summary>
public sealed class Bell
{
    public event Action<IncidentId>? Rung;

    public void Ring(IncidentId incident) => Rung?.Invoke(incident);
}
