using System.Collections.Immutable;
using System.Text;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class Storing_snapshots
{
    private static readonly RoomId Room = new("teams", "19:abc@thread.tacv2");
    private static readonly EffectKey Key = new(new StreamId("INC-42"), 7, 1);
    private static readonly PersonId Ada = new("teams", "tenant", "29:1abc");

    private static readonly State Full = new(
        new IncidentId(42),
        Severity.Sev2,
        Drafts.Now,
        ImmutableDictionary<RoleId, PersonId>.Empty.Add(RoleId.Manager, Ada),
        ImmutableDictionary<EffectKey, Waiting>.Empty.Add(Key, new Waiting(new OpenRoom("slack", "T1", "inc-42", true), 2)),
        ImmutableDictionary<MessageId, Actor>.Empty.Add(new MessageId(Room, "1764000000.000100"), Actor.System),
        [new InviteToRoom(Room, [Ada]), new PostCard(Room)],
        Room,
        null);

    [Fact]
    public void gives_the_state_back()
    {
        var read = SnapshotCodec.Read<State>(SnapshotCodec.Write(Full))!;

        Assert.Equal(Full with { Roles = read.Roles, Pending = read.Pending, Cards = read.Cards, Effects = read.Effects }, read);
        Assert.Equal(Full.Roles, read.Roles);
        Assert.Equal(Full.Pending, read.Pending);
        Assert.Equal(Full.Cards, read.Cards);
        Assert.Equal([Ada], Assert.IsType<InviteToRoom>(read.Effects[0]).People);
        Assert.Equal(Full.Effects[1], read.Effects[1]);
    }

    [Fact]
    public void gives_the_same_bytes_for_the_same_state() =>
        Assert.Equal(SnapshotCodec.Write(Full), SnapshotCodec.Write(SnapshotCodec.Read<State>(SnapshotCodec.Write(Full))!));

    [Theory]
    [InlineData("""{"Format":2,"State":{"Entries":1}}""")]
    [InlineData("""{"State":{"Entries":1}}""")]
    [InlineData("""{"Format":1,"State":null}""")]
    [InlineData("""{"Format":1,"State":{}}""")]
    [InlineData("""{"Format":1,"State":{"Entries":1,"Removed":2}}""")]
    [InlineData("""{"Format":1,"State":{"Entries":"many"}}""")]
    [InlineData("""{"Format":1,"State":""")]
    [InlineData("")]
    public void passes_over_what_it_cannot_read_exactly(string stored) =>
        Assert.Null(SnapshotCodec.Read<StreamStoreContract.Counted>(Encoding.UTF8.GetBytes(stored)));

    [Fact]
    public void reads_what_has_the_current_format() =>
        Assert.Equal(new StreamStoreContract.Counted(1), SnapshotCodec.Read<StreamStoreContract.Counted>("""{"Format":1,"State":{"Entries":1}}"""u8));

    [Theory]
    [MemberData(nameof(Storing_facts.Facts), MemberType = typeof(Storing_facts))]
    public void keeps_nothing_of_a_fact_that_was_redacted(int sample)
    {
        var fact = StoredSamples.Facts[sample];
        if (fact is not IncidentEvent || FreeText.Of(fact) is not [_, ..] texts)
        {
            return;
        }

        var stamp = new Stamp(null, Drafts.Now, Actor.Of(Ada), Source.Live);
        var before = new Incident { Id = new IncidentId(42) }.Apply(1, stamp, fact, []);
        var after = before.Apply(2, stamp, new Redacted([1], ["ab"], [], Ada, Ada, "why"), []);

        var kept = Encoding.UTF8.GetString(SnapshotCodec.Write(after));
        Assert.All(texts, text => Assert.DoesNotContain(text, System.Text.RegularExpressions.Regex.Unescape(kept), StringComparison.Ordinal));
    }

    private sealed record Waiting(Effect Effect, int Attempts);

    private sealed record State(
        IncidentId Id,
        Severity Severity,
        DateTimeOffset At,
        ImmutableDictionary<RoleId, PersonId> Roles,
        ImmutableDictionary<EffectKey, Waiting> Pending,
        ImmutableDictionary<MessageId, Actor> Cards,
        ImmutableArray<Effect> Effects,
        RoomId? Room,
        string? Nothing)
    {
        public int Counted => Effects.Length;
    }
}
