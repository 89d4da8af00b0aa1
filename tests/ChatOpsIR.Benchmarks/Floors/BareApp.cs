using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Benchmarks.Floors;

/// <summary>The app that a bot's start is compared with: Kestrel, routing, and the bearer tokens that a chat product's requests come with.</summary>
internal static class BareApp
{
    public static async Task<int> RunAsync(int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddAuthorization();
        await using var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/healthz/live", () => Results.Text("live"));
        app.MapPost("/api/messages", () => Results.Ok()).RequireAuthorization();
        await app.RunAsync();
        return 0;
    }
}
