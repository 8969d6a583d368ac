using System.Text;
using QSplit.Processes;

namespace QSplit.Scripts;

/// <summary>Puts a batch file together, line by line. What comes from outside is always quoted.</summary>
internal sealed class BatchText
{
    private readonly StringBuilder _text = new();

    /// <summary>What cmd is to read as it stands; its lines may end in any way.</summary>
    public BatchText Line(string batch)
    {
        _text.Append(batch.TrimEnd('\r', '\n').ReplaceLineEndings("\r\n")).Append("\r\n");
        return this;
    }

    /// <summary>A variable of cmd.</summary>
    public BatchText Set(string variable, string value) => Line($"set \"{variable}={CmdQuote.Inside(value)}\"");

    /// <summary>A tree, by its path without a backslash at the end.</summary>
    public BatchText SetTree(string variable, string path) => Set(variable, path.TrimEnd('\\'));

    public Script ToScript() => new(Encoding.UTF8.GetBytes(_text.ToString()), default, false) { IsBatch = true };
}
