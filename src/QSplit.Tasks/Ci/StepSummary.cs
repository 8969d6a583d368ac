using System.Text;

namespace QSplit.Tasks.Ci;

/// <summary>What a person sees on the page of a GitHub run; nothing anywhere else.</summary>
/// <param name="file">The file that takes it, as <c>GITHUB_STEP_SUMMARY</c> says; null when there is none.</param>
/// <param name="warn">Where a line goes that says why something cannot be shown.</param>
internal sealed class StepSummary(string? file, Action<string> warn)
{
    /// <summary>GitHub shows nothing at all of a step that says more, in bytes.</summary>
    public const int Limit = 1 << 20;

    private static readonly byte[] Cut = Encoding.UTF8.GetBytes("\n\n**Cut here:** a step may show 1 MiB. The whole is in the files of this run.\n");

    /// <summary>Adds a text.</summary>
    public void Add(string markdown) => Append("the summary", () => Encoding.UTF8.GetBytes(markdown));

    /// <summary>Adds what is in a file of Markdown.</summary>
    public void AddFile(string path) => Append(path, () => File.ReadAllBytes(path));

    private void Append(string what, Func<byte[]> read)
    {
        if (string.IsNullOrEmpty(file)) return;
        try
        {
            var text = read();
            using var summary = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
            Append(summary, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"Warning: {what} is not on the page of this run (GITHUB_STEP_SUMMARY={file}): {e.Message}");
        }
    }

    private static void Append(FileStream summary, byte[] text)
    {
        // Room for the last word is always kept, so that what was cut says so.
        var room = Limit - Cut.Length - summary.Position;
        if (text.Length < room)
        {
            summary.Write(text);
            summary.WriteByte((byte)'\n');
        }
        else if (room > 0)
        {
            summary.Write(text.AsSpan(0, WholeLines(text.AsSpan(0, (int)room))));
            summary.Write(Cut);
        }
    }

    // Half a row would break the table above it, half a character the page.
    private static int WholeLines(ReadOnlySpan<byte> text) => text.LastIndexOf((byte)'\n') + 1;
}
