using System.Buffers;
using System.Text;
using QSplit.Trees;

namespace QSplit.Scripts;

/// <summary>Puts a script together. What comes from outside (a path of the manifest, a name on disk) is always quoted.</summary>
internal sealed class ScriptText
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Shell as it stands, and the end of a line.</summary>
    public ScriptText Line(string shell)
    {
        _bytes.Write(Encoding.UTF8.GetBytes(shell.ReplaceLineEndings("\n")));
        _bytes.Write("\n"u8);
        return this;
    }

    /// <summary>A variable of the shell.</summary>
    public ScriptText Set(string variable, string value) => Words($"{variable}=", [value], "");

    /// <summary>The positional parameters, <c>$1</c> and so on.</summary>
    public ScriptText Parameters(params IEnumerable<string> words) => Words("set -- ", words, " ");

    /// <inheritdoc cref="Parameters(IEnumerable{string})"/>
    public ScriptText Parameters(IEnumerable<EntryPath> paths)
    {
        _bytes.Write("set --"u8);
        foreach (var path in paths)
        {
            _bytes.Write(" "u8);
            Quoted(path.Bytes);
        }
        return Line("");
    }

    private ScriptText Words(string start, IEnumerable<string> words, string between)
    {
        _bytes.Write(Encoding.UTF8.GetBytes(start));
        foreach (var word in words)
        {
            Quoted(Encoding.UTF8.GetBytes(word));
            _bytes.Write(Encoding.UTF8.GetBytes(between));
        }
        return Line("");
    }

    private void Quoted(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write("'"u8);
        foreach (var b in bytes)
            if (b == '\'') _bytes.Write("'\\''"u8);
            else _bytes.Write([b]);
        _bytes.Write("'"u8);
    }
}
