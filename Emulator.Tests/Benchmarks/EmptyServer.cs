using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Emulator.Tests.Benchmarks;

/// <summary>The yardstick: the smallest ASP.NET Core program, which answers every request with two bytes; and one that copies bodies to and from a file.</summary>
internal static class EmptyServer
{
    public static async Task RunAsync(int port, string? folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.ListenLocalhost(port);
        });
        var app = builder.Build();
        var body = "{}"u8.ToArray();
        app.Run(async http =>
        {
            if (folder is not null && http.Request.Method == "PUT")
            {
                await using var file = new FileStream(Path.Combine(folder, "body"), FileMode.Create, FileAccess.Write, FileShare.Read, 0, FileOptions.Asynchronous);
                await http.Request.Body.CopyToAsync(file, 128 * 1024);
                return;
            }
            if (folder is not null && http.Request.Method == "GET" && http.Request.Path == "/body")
            {
                await using var file = new FileStream(Path.Combine(folder, "body"), FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous);
                http.Response.ContentLength = file.Length;
                await file.CopyToAsync(http.Response.Body, 128 * 1024);
                return;
            }
            await http.Request.BodyReader.CopyToAsync(Stream.Null);
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body);
        });
        await app.RunAsync();
    }
}
