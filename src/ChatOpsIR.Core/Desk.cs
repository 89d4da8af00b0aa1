using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Incidents.Verbs;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>The one road for everything people type, press, send in or say: read, authorise, decide, append, answer.</summary>
public sealed class Desk(
    IncidentStreams streams, IDirectory directory, People people, Declaring declaring, Subscribing subscribing, Questions questions, CatchingUp catchingUp,
    PostsElsewhere elsewhere, Policy policy) : IDesk
{
    private const int MostNamed = 10;

    private readonly VerbParser parser = new(policy);
    private readonly KnownRooms rooms = new(directory);

    public async Task<Answer> SayAsync(Said said, CancellationToken cancellationToken)
    {
        var registered = said.Room is { } place ? await rooms.FindAsync(place, cancellationToken) : null;
        var here = registered?.Incident;
        if (registered?.First is { } first && said.MadeFrom is { } message && message.Room == said.Room)
        {
            // The record knows a room by its first id.
            said = said with { MadeFrom = message with { Room = first } };
        }

        var (word, rest) = VerbParser.Split(said.Pieces);
        if (word.Length == 0)
        {
            word = here is null ? DeclareIncident.Verb.Name : ShowStatus.Verb.Name;
        }

        if (VerbList.Find(word) is not { } verb)
        {
            return new Answer.Show(HelpCards.Unknown(word, rest, policy), Done: false);
        }

        var arguments = parser.Read(verb, said, await NamedAsync(verb, rest, cancellationToken), inWarRoom: here is not null);
        return await CarryOutAsync(verb, arguments, new Circumstances(said.Who, said.Kind, here, said.CauseKey, said.At), cancellationToken);
    }

    public async Task<Answer> SubmitAsync(Submitted form, CancellationToken cancellationToken)
    {
        var here = await HereAsync(form.Room, cancellationToken);
        return VerbList.Find(form.Verb) is { } verb
            ? await CarryOutAsync(verb, parser.Read(form), new Circumstances(form.Who, form.Kind, here, form.CauseKey, form.At) { Form = form }, cancellationToken)
            : new Answer.Show(HelpCards.Unknown(form.Verb, [], policy), Done: false);
    }

    public async Task<Card> HomeAsync(PersonId who, PersonKind? kind, DateTimeOffset at, CancellationToken cancellationToken) =>
        (Authorisation.Kind(kind) ?? Authorisation.Kind((await people.ResolveAsync(who, cancellationToken))?.Kind)) is { } outsider
            ? Answers.Refused(outsider)
            : HomeCards.Of(who, await questions.InvolvingAsync(who, cancellationToken), at, policy);

    public async Task<ImmutableArray<Choice>> ChoicesAsync(PersonId who, PersonKind? kind, string typed, CancellationToken cancellationToken)
    {
        if (Authorisation.Kind(kind) is not null)
        {
            return [];
        }

        var person = await people.ResolveAsync(who, cancellationToken);
        return Authorisation.Kind(person?.Kind) is null ? await questions.ChoicesAsync(who, person is not null, typed, cancellationToken) : [];
    }

    public async Task<bool> RecordAsync(RecordedMessage message, CancellationToken cancellationToken)
    {
        var record = message.Record;
        if (await rooms.FindAsync(record.Room, cancellationToken) is not { } room)
        {
            return false;
        }

        // Before the append: a room that is heard of under an id nobody knows is not recorded.
        if (record is { Kind: ChatKind.RoomChanged, NewRoom: { } now })
        {
            await directory.PutRoomAliasAsync(new RoomAlias(now, room.First, message.Stamp.OccurredAt), cancellationToken);
        }

        await streams.RecordAsync(room.Incident, message, cancellationToken);
        return true;
    }

    public Task HearEchoAsync(EffectKey effect, MessageId message, CancellationToken cancellationToken) => elsewhere.HearAsync(effect, message, cancellationToken);

    public async Task<RoomId?> FindRoomAsync(RoomId room, CancellationToken cancellationToken) =>
        (await rooms.FindAsync(room, cancellationToken))?.First;

    public async Task CatchUpAsync(RoomId room, CancellationToken cancellationToken)
    {
        if (await HereAsync(room, cancellationToken) is { } incident)
        {
            catchingUp.Want(incident);
        }
    }

    public void CatchUpEverywhere(DateTimeOffset since) => catchingUp.WantAll(since);

    // Where a mention stays text, people read it: it gets a name.
    private async Task<ImmutableArray<Piece>> NamedAsync(Verb verb, ImmutableArray<Piece> pieces, CancellationToken cancellationToken)
    {
        var nameless = pieces.OfType<PersonPiece>().Where(piece => piece.Label is null).Select(piece => piece.Person).Distinct().Take(MostNamed).ToArray();
        if (nameless.Length == 0 || verb.Takes.HasFlag(Takes.People))
        {
            return pieces;
        }

        var known = (await Task.WhenAll(nameless.Select(person => people.ResolveAsync(person, cancellationToken)))).OfType<Person>().ToDictionary(person => person.Id);
        return [.. pieces.Select(piece => piece is PersonPiece { Label: null } one && known.TryGetValue(one.Person, out var person) ? one with { Label = person.Name } : piece)];
    }

    private async Task<IncidentId?> HereAsync(RoomId? room, CancellationToken cancellationToken) =>
        room is { } place ? (await rooms.FindAsync(place, cancellationToken))?.Incident : null;

    private async Task<Answer> CarryOutAsync(Verb verb, Arguments arguments, Circumstances at, CancellationToken cancellationToken)
    {
        if (Authorisation.Kind(at.Kind) is { } outsider)
        {
            return Refuse(outsider, at);
        }

        var reading = verb.Read(arguments);
        switch (reading)
        {
            case Reading.Unclear unclear:
                return Mend(unclear, at);
            case Reading.Look { Question: Question.Help } help:
                return await questions.AnswerAsync(help.Question, at.Here is { } room ? await streams.ReadAsync(room, cancellationToken) : null, at.Who, cancellationToken);
        }

        var person = await people.ResolveAsync(at.Who, cancellationToken);
        if (Authorisation.Kind(person?.Kind) is { } stranger)
        {
            return Refuse(stranger, at);
        }

        var by = new Commander(verb, person);
        var id = arguments.Incident ?? at.Here;
        return reading switch
        {
            Reading.Declaration { Declare.Title: null } when at.FromForm => new Answer.Mend(
                ImmutableDictionary<string, string>.Empty.Add("text", "Say in a few words what is happening, such as `/incident declare Checkout returns 500s`.")),
            Reading.Declaration { Declare.Title: null } => new Answer.Ask(DeclareIncident.Form(arguments)),
            Reading.Declaration { Declare: { Title: { } title } declare } => await DeclareAsync(declare, title, at, cancellationToken),
            Reading.Look { Question: Question.List } list => person is null && Authorisation.WhileNobodyVouches(at.Who, verb.Name, null) is { } no
                ? Refuse(no, at)
                : await questions.AnswerAsync(list.Question, null, at.Who, cancellationToken),
            Reading.Subscription asked => person is null && Authorisation.WhileNobodyVouches(at.Who, verb.Name, null) is { } no
                ? Refuse(no, at)
                : await SubscribeAsync(asked, id, at, cancellationToken),
            _ when id is null && !at.FromForm && verb.Listed => new Answer.Ask(WhichIncident.Form(verb, arguments, reading)),
            _ when id is null => Refuse(new Refusal(
                "which-incident", $"Which incident? Type this in its war room, or name it: `/incident {verb.Name} INC-42 …`. `/incident list` shows those that are open."), at),
            _ => await AboutAsync(by, arguments, reading, id.Value, at, cancellationToken),
        };
    }

    private async Task<Answer> AboutAsync(
        Commander by, Arguments arguments, Reading reading, IncidentId id, Circumstances at, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, at, cancellationToken) is not { } incident)
        {
            return Refuse(Because.NoSuchIncident, at);
        }

        if (by.Person is null && Authorisation.WhileNobodyVouches(at.Who, by.Verb.Name, incident) is { } unconfirmed)
        {
            return Refuse(unconfirmed, at);
        }

        if (reading is Reading.Order && (await TakingPartAsync(arguments.People, at.Who, incident.Private, cancellationToken)).FirstOrDefault() is { Why: { } outsider })
        {
            return Refuse(outsider, at);
        }

        return reading switch
        {
            Reading.Look look => await questions.AnswerAsync(look.Question, incident, at.Who, cancellationToken),
            Reading.Fill fill when at.Form is { } sent => Missing(fill.Form(incident), sent),
            Reading.Fill fill => new Answer.Ask(fill.Form(incident)),
            Reading.Order order => await DecideAsync(by, order.Command, incident, at, cancellationToken),
            _ => Refuse(Because.NoSuchIncident, at),
        };
    }

    // Null when there is none, or none that the speaker may know of.
    private async Task<Incident?> FindAsync(IncidentId id, Circumstances at, CancellationToken cancellationToken)
    {
        // A number that was never given out has no stream to look into.
        if (id != at.Here && id.Number > (await streams.Numbers.ReadAsync(cancellationToken)).Last)
        {
            return null;
        }

        var incident = await streams.ReadAsync(id, cancellationToken);
        return incident.Exists && Authorisation.Sees(at.Who, incident, at.Here == id) ? incident : null;
    }

    private async Task<Answer> SubscribeAsync(Reading.Subscription asked, IncidentId? id, Circumstances at, CancellationToken cancellationToken)
    {
        if (asked.Act is SubscriptionAct.List)
        {
            return new Answer.Show(SubscriptionCards.List(await subscribing.TopicsOfAsync(at.Who, cancellationToken)), Done: true);
        }

        if ((asked.Topic ?? (id is { } one ? Topic.Of(one) : null)) is not { } topic)
        {
            return at.FromForm
                ? Mend(new Reading.Unclear("Choose one.", "text"), at)
                : await AskForTopicAsync(asked.Act, at.Who, cancellationToken);
        }

        var stamp = new Stamp(at.CauseKey, at.At, Actor.Of(at.Who), Source.Live);
        if (asked.Act is SubscriptionAct.Unsubscribe)
        {
            return await subscribing.UnsubscribeAsync(at.Who, topic, stamp, cancellationToken);
        }

        var about = topic.Incident is { } named ? await FindAsync(named, at, cancellationToken) : null;
        return topic.Incident is not null && about is null
            ? Refuse(Because.NoSuchIncident, at)
            : await subscribing.SubscribeAsync(at.Who, topic, about, stamp, cancellationToken);
    }

    private async Task<Answer> AskForTopicAsync(SubscriptionAct act, PersonId who, CancellationToken cancellationToken)
    {
        if (act is SubscriptionAct.Subscribe)
        {
            return new Answer.Ask(SubscriptionCards.SubscribeForm(policy));
        }

        var topics = await subscribing.TopicsOfAsync(who, cancellationToken);
        return topics.IsEmpty ? new Answer.Show(SubscriptionCards.List(topics), Done: false) : new Answer.Ask(SubscriptionCards.UnsubscribeForm(topics));
    }

    private async Task<Answer> DecideAsync(Commander by, IncidentCommand command, Incident incident, Circumstances at, CancellationToken cancellationToken)
    {
        var stamp = new Stamp(at.CauseKey, at.At, Actor.Of(at.Who), Source.Live);
        var writer = streams.Of(incident.Id);
        var settled = await writer.SettleAsync(
            new Order<Incident>(stamp, by.Verb.Name, now =>
                Authorisation.Refuses(at.Who, by.Person, by.Verb.Name, now) is { } no ? Decision.Refuse(no) : command.Decide(now)),
            cancellationToken);

        if (settled.Refused is { } why)
        {
            return Refuse(why, at);
        }

        var entries = settled.Repeated is { } cause ? await writer.EntriesOfAsync(cause, cancellationToken) : settled.Entries;
        return new Answer.Show(Answers.Done(settled.State, entries, command.AlreadySo(settled.State), policy), Done: true);
    }

    private async Task<Answer> DeclareAsync(Declare declare, string title, Circumstances at, CancellationToken cancellationToken)
    {
        // Declaring waits for nobody: whoever may not take part is left out, and the answer says so.
        var leftOut = await TakingPartAsync(declare.Said.People, at.Who, declare.Said.Private, cancellationToken);
        var asked = declare with { Said = declare.Said with { People = declare.Said.People.RemoveAll(person => leftOut.Any(one => one.Person == person)) } };

        var stamp = new Stamp(at.CauseKey, at.At, Actor.Of(at.Who), Source.Live);
        var (id, settled) = await declaring.DeclareAsync(asked, title, stamp, cancellationToken);
        if (settled.Refused is { } why)
        {
            return Refuse(why, at);
        }

        var alike = await questions.SimilarAsync(settled.State, at.Who, cancellationToken);
        var known = settled.Entries.IsEmpty && settled.Repeated is null;
        return new Answer.Show(
            Answers.Declared(settled.State, alike, known, declare.Said.Severity, leftOut.Select(one => one.Why.Sentence), policy), Done: true);
    }

    // Those named who may not take part, each with the reason. The platform is asked about all at once.
    private async Task<ImmutableArray<(PersonId Person, Refusal Why)>> TakingPartAsync(
        ImmutableArray<PersonId> named, PersonId by, bool isPrivate, CancellationToken cancellationToken)
    {
        var others = named.Where(person => person != by).Distinct().ToImmutableArray();
        var known = await Task.WhenAll(others.Select(person => people.ResolveAsync(person, cancellationToken)));
        return [.. others.Zip(known, (id, person) => (id, Authorisation.TakingPart(person, person?.Name ?? id.User, isPrivate)))
            .Where(one => one.Item2 is not null).Select(one => (one.id, one.Item2!))];
    }

    private static Answer Refuse(Refusal why, Circumstances at) => at.FromForm
        ? new Answer.Mend(ImmutableDictionary<string, string>.Empty.Add("", why.Sentence))
        : new Answer.Show(Answers.Refused(why), Done: false);

    private static Answer Mend(Reading.Unclear unclear, Circumstances at) => at.FromForm
        ? new Answer.Mend(ImmutableDictionary<string, string>.Empty.Add(unclear.Field ?? "", unclear.Sentence))
        : new Answer.Show(Answers.Refused(new Refusal("unclear", unclear.Sentence)), Done: false);

    // A sentence at each field that must be filled in and is not.
    private static Answer.Mend Missing(Form form, Submitted sent) => form.Fields
        .Where(field => !field.Optional && string.IsNullOrWhiteSpace(sent.Values.GetValueOrDefault(field.Name)))
        .ToImmutableDictionary(field => field.Name, _ => "Fill this in.") is { IsEmpty: false } missing
        ? new Answer.Mend(missing)
        : new Answer.Mend(ImmutableDictionary<string, string>.Empty.Add("", "Something that was filled in makes no sense here. Look at each field again."));

    private sealed record Circumstances(PersonId Who, PersonKind? Kind, IncidentId? Here, string CauseKey, DateTimeOffset At)
    {
        /// <summary>Set for what was sent by form: what needs mending is said at its fields.</summary>
        public Submitted? Form { get; init; }

        public bool FromForm => Form is not null;
    }

    /// <param name="Person">Null while nobody can say who the speaker is.</param>
    private sealed record Commander(Verb Verb, Person? Person);
}
