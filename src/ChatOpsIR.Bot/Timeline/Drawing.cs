using ChatOpsIR.Bot.Timeline.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>Draws the page's components to text. A renderer keeps all it has drawn, so each piece gets a renderer of its own.</summary>
internal sealed class Drawing(IServiceProvider services, ILoggerFactory logging)
{
    /// <summary>Where the entries go in the page around them.</summary>
    internal const string Place = "<!--entries-->";

    /// <summary>The page before its entries, and after them.</summary>
    public async Task<(string Before, string After)> ShellAsync(TimelineView view)
    {
        var html = await DrawAsync<Shell>((nameof(Shell.View), view));
        var place = html.IndexOf(Place, StringComparison.Ordinal);
        return (html[..place], html[(place + Place.Length)..]);
    }

    /// <param name="day">The day of the entry before, so that its heading is not drawn again.</param>
    public Task<string> RowsAsync(IReadOnlyList<Row> rows, TimelineView view, string day) =>
        DrawAsync<RowList>((nameof(RowList.Rows), rows), (nameof(RowList.View), view), (nameof(RowList.Day), day));

    public Task<string> EndAsync(TimelineView view, int shown, long? goesOnAfter) =>
        DrawAsync<RowsEnd>((nameof(RowsEnd.View), view), (nameof(RowsEnd.Shown), shown), (nameof(RowsEnd.GoesOnAfter), goesOnAfter));

    /// <param name="back">A page to go back to; null for whoever may see none.</param>
    public Task<string> ClosedAsync(string title, string sentence, string? theme, string? back = null) => DrawAsync<ClosedDoor>(
        (nameof(ClosedDoor.Title), title), (nameof(ClosedDoor.Sentence), sentence), (nameof(ClosedDoor.Theme), theme), (nameof(ClosedDoor.Back), back));

    private async Task<string> DrawAsync<TComponent>(params (string Name, object? Value)[] given)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logging);
        var parameters = ParameterView.FromDictionary(given.ToDictionary(one => one.Name, one => one.Value));
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(parameters)).ToHtmlString());
    }
}
