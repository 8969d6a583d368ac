using System.Text;
using QSplit.Processes;
using QSplit.Trees;

namespace QSplit.Scripts;

/// <summary>Asks a Windows host whether entries are below a directory: what <see cref="TreeQuestion"/> is for others, with the same words.</summary>
internal static class BatchTree
{
    // MAX_PATH, with a little room: cmd's own commands see nothing behind a longer path (learn.microsoft.com, "Maximum Path Length Limitation").
    private const int LongestPath = 250;

    /// <summary>Says <c>tree ALL MISSING FIRST</c>, and leaves in <c>TWICE</c> twice the number of those that are missing, in <c>ALL</c> that of all.</summary>
    public static BatchText AskTree(this BatchText text, string root, IEnumerable<EntryPath> witnesses)
    {
        var asked = witnesses.Select((path, at) => (Path: Encoding.UTF8.GetString(path.Bytes).Replace('/', '\\'), At: at + 1))
            .Where(witness => root.Length + witness.Path.Length < LongestPath).ToList();
        text.SetTree("ROOT", root).Line($"set ALL={asked.Count}").Line("set TWICE=0").Line("set MISSING=0").Line("set FIRST=");
        foreach (var (path, at) in asked)
            text.Line($"if not exist \"%ROOT%\\{CmdQuote.Inside(path)}\" (set /a \"MISSING+=1\"& set /a \"TWICE+=2\"& if \"%FIRST%\"==\"\" set FIRST={at})");
        return text.Line("echo %SAY% tree %ALL% %MISSING% %FIRST%");
    }

    /// <summary>Ends the script with <see cref="TreeQuestion.NotTheTree"/> when more than half of them are missing.</summary>
    public static BatchText RequireTree(this BatchText text, string root, IEnumerable<EntryPath> witnesses) =>
        text.AskTree(root, witnesses).Line($"if %TWICE% gtr %ALL% exit /b {TreeQuestion.NotTheTree}");

    /// <inheritdoc cref="TreeQuestion.Alone"/>
    public static Script Alone(string root, IEnumerable<EntryPath> witnesses, int noDirectory) => new BatchText()
        .SetTree("ROOT", root)
        .Line($"if not exist \"%ROOT%\\\" exit /b {noDirectory}")
        .RequireTree(root, witnesses)
        .Line("exit /b 0")
        .ToScript();
}
