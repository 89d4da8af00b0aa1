using System.Globalization;

namespace ChatOpsIR.Playground.Pages;

/// <summary>What one person looks at.</summary>
public sealed record PageModel(
    WorkspaceView View,
    PersonView Me,
    ChannelView? Room,
    MessageView? Thread,
    bool Home,
    bool Details,
    string? Editing,
    string Screen,
    bool Advanceable,
    string? Theme,
    PlaygroundOptions Options)
{
    /// <summary>The switches and what came of them.</summary>
    public ChaosView Chaos { get; init; } = ChaosView.Quiet;

    public bool ShowsChaos { get; init; }

    public static PageModel Of(WorkspaceView view, PageQuery query, bool advanceable, string? theme, PlaygroundOptions options)
    {
        var me = view.Person(query.As ?? "") ?? view.People.First(person => !person.IsBot);
        var home = query.H is not null;
        var asked = Seen(view, me, query.C);
        var room = home ? null : asked ?? Seen(view, me, query.K) ?? Default(view, me);
        var showsChaos = query.X == "chaos";
        var thread = query.T is null || showsChaos ? null : room?.Messages.FirstOrDefault(message => message.Ts == query.T && !message.Deleted);
        var details = query.D is not null && !showsChaos && thread is null && room is not null and not { Kind: ChannelKind.Direct };
        var screen = thread is not null || details || showsChaos ? "thread" : asked is not null || home ? "room" : "channels";
        return new PageModel(view, me, room, thread, home, details, query.E, screen, advanceable, theme is "dark" or "light" ? theme : null, options)
        {
            ShowsChaos = showsChaos,
        };
    }

    /// <summary>Something stands beside the room.</summary>
    public bool HasPane => Thread is not null || Details || ShowsChaos;

    public FormView? HomeView => View.Forms.FirstOrDefault(form => form.User == Me.Id && form.Type == "home");

    public PersonView? Bot => View.People.FirstOrDefault(person => person.IsBot);

    public IEnumerable<ChannelView> WarRooms => Mine(channel => channel.Kind != ChannelKind.Direct && channel.Name.StartsWith("inc-", StringComparison.Ordinal)).Reverse();

    public IEnumerable<ChannelView> Rooms => Mine(channel => channel.Kind != ChannelKind.Direct && !channel.Name.StartsWith("inc-", StringComparison.Ordinal));

    /// <summary>Everybody in the workspace, the bot first, with the conversation when there is one.</summary>
    public IEnumerable<(PersonView Person, ChannelView? Direct)> Directs => View.People
        .Where(person => person.Id != Me.Id)
        .OrderByDescending(person => person.IsBot)
        .Select(person => (person, View.Channels.FirstOrDefault(channel => channel.Kind == ChannelKind.Direct
            && channel.Members.Contains(person.Id) && channel.Members.Contains(Me.Id))));

    public FormView? Form => View.Forms.Where(form => form.User == Me.Id && form.Type == "modal").OrderBy(form => form.Id, StringComparer.Ordinal).LastOrDefault();

    public string Url(string? channel = null, string? thread = null, string? edit = null, string? person = null)
    {
        var url = $"/playground?as={Uri.EscapeDataString(person ?? Me.Handle)}";
        url += channel is null ? "" : "&c=" + channel;
        url += thread is null ? "" : "&t=" + thread;
        return edit is null ? url : url + "&e=" + edit;
    }

    public string HomeUrl(string? person = null) => Url(person: person) + "&h=1";

    public string DetailsUrl(string channel) => Url(channel) + "&d=1";

    /// <summary>The same place, as somebody else.</summary>
    public string AsUrl(string person) => Home ? HomeUrl(person) : Url(Screen == "channels" ? null : Room?.Id, null, null, person);

    public PersonView? Person(string id) => View.Person(id);

    public static DateTimeOffset Moment(string ts) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(ts.Split('.')[0], CultureInfo.InvariantCulture));

    public static string Clock(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => at.ToString("dddd d MMMM", CultureInfo.InvariantCulture);

    private static ChannelView? Seen(WorkspaceView view, PersonView me, string? id) =>
        id is not null && view.Channel(id) is { } channel && Sight.CanSee(channel, me.Id) ? channel : null;

    private static ChannelView? Default(WorkspaceView view, PersonView me) =>
        view.Channels.LastOrDefault(channel => channel.Name.StartsWith("inc-", StringComparison.Ordinal) && channel.Members.Contains(me.Id) && !channel.Archived)
        ?? view.Channels.FirstOrDefault(channel => channel.Name == "incidents" && Sight.CanSee(channel, me.Id))
        ?? view.Channels.FirstOrDefault(channel => Sight.CanSee(channel, me.Id));

    private IEnumerable<ChannelView> Mine(Func<ChannelView, bool> kind) => View.Channels.Where(channel => Sight.CanSee(channel, Me.Id) && kind(channel) && !channel.Archived);
}

/// <summary>The address of the page: as whom, which channel, which thread, which message is being edited, whether the app's home, the
/// channel's details or another side pane are open; and, when it is drawn again, which channel to keep where the address names none.</summary>
public sealed record PageQuery(string? As, string? C, string? T, string? E, string? H, string? D, string? X, string? K);
