using System.Collections.Frozen;
using System.Security.Cryptography;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>The stylesheet, the script and the mark, under addresses that change with what is in them.</summary>
public static class PageAssets
{
    private static readonly FrozenDictionary<string, (byte[] Bytes, string Type)> All = new Dictionary<string, (byte[], string)>
    {
        ["timeline.css"] = (Read("timeline.css"), "text/css; charset=utf-8"),
        ["timeline.js"] = (Read("timeline.js"), "text/javascript; charset=utf-8"),
        ["mark.svg"] = (Read("mark.svg"), "image/svg+xml"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Addresses = All.ToFrozenDictionary(
        asset => asset.Key, asset => $"/assets/{Convert.ToHexStringLower(SHA256.HashData(asset.Value.Bytes))[..12]}/{asset.Key}");

    public static string Address(string name) => Addresses[name];

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{version}/{name}", (HttpContext http, string version, string name) =>
    {
        if (!All.TryGetValue(name, out var asset) || Addresses[name] != $"/assets/{version}/{name}")
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(asset.Bytes, asset.Type);
    });

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"ChatOpsIR.Bot.Timeline.{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
