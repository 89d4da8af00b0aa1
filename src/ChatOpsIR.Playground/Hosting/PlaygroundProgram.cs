using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Playground;

/// <summary>The playground as its own process.</summary>
public static class PlaygroundProgram
{
    /// <summary>Runs until it is told to stop. Settings come from the section <c>Playground</c> (<c>Playground__BotUrl</c> and so on), the
    /// address from <c>--urls</c>.</summary>
    public static async Task RunAsync(string[] args)
    {
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environments.Development;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, EnvironmentName = environment });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls("http://127.0.0.1:5090");
        }

        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // a start that fails is told by whoever started it
        builder.Services.AddSingleton<TimeProvider>(new AdjustableTimeProvider());
        builder.Services.AddPlayground(builder.Environment);
        await using var app = builder.Build();
        app.MapPlayground();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        await Console.Out.WriteLineAsync($"Playground: {address}/playground");
        await app.WaitForShutdownAsync();
    }
}
