using Microsoft.Playwright;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>Chromium without a window, one for all tests; each page has a profile of its own, as another person would have it.</summary>
[SetUpFixture]
internal sealed class Browser
{
    private const float PatienceMs = 120_000; // a first call may wait until a function is built

    // What Chromium would do for its users, and as root, it is told to leave.
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly Lazy<Task<IPlaywright>> Driver = new(Playwright.CreateAsync);
    private static readonly Lazy<Task<IBrowser>> Chromium = new(LaunchAsync);

    public static async Task<IPage> OpenAsync()
    {
        var context = await (await Chromium.Value).NewContextAsync(new() { ViewportSize = new() { Width = 900, Height = 1000 } });
        context.SetDefaultTimeout(PatienceMs);
        return await context.NewPageAsync();
    }

    [OneTimeTearDown]
    public static async Task Close()
    {
        if (Chromium.IsValueCreated && Chromium.Value.IsCompletedSuccessfully) await (await Chromium.Value).DisposeAsync();
        if (Driver.IsValueCreated && Driver.Value.IsCompletedSuccessfully) (await Driver.Value).Dispose();
    }

    private static async Task<IBrowser> LaunchAsync() => await (await Driver.Value).Chromium.LaunchAsync(new() { ExecutablePath = Client.Chromium(), Args = Arguments });
}
