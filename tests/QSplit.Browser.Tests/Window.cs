using Microsoft.Playwright;

namespace QSplit.Browser.Tests;

/// <summary>A report opened as a file, as a reader does it; what the browser complains of and what it asks for are noted.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"qsplit-report-{Guid.NewGuid():N}.html");
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    private Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => _complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) => _requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors, warnings and all else that was said on the console.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>What was asked for beside the file itself.</summary>
    public IReadOnlyList<string> OtherRequests => [.. _requests.Where(url => url != Address)];

    private string Address => new Uri(_file).AbsoluteUri;

    public static async Task<Window> OpenAsync(IBrowserContext context, string html, bool isPrinted)
    {
        var window = new Window(context, await context.NewPageAsync());
        await File.WriteAllTextAsync(window._file, html);
        if (isPrinted) await window.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await window.Page.GotoAsync(window.Address);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        File.Delete(_file);
    }
}
