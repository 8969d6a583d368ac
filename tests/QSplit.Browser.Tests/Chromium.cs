using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(QSplit.Browser.Tests.Chromium))]

namespace QSplit.Browser.Tests;

/// <summary>The system's own browser, started once for all tests; none is ever downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A new window for one test; the test is skipped where no browser is.</summary>
    public async Task<Window> OpenAsync(string html, int width = 1400, ColorScheme scheme = ColorScheme.Light, bool isPrinted = false)
    {
        Assert.SkipWhen(_browser is null, "No browser is there: install package chromium");
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        return await Window.OpenAsync(context, html, isPrinted);
    }

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Places, File.Exists) is not { } place) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = place,
            // Root has no other way to start it; the other words keep it from calling anybody.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}
