using System.Buffers;
using System.Text;
using QSplit.Trees;

namespace QSplit.Scripts;

/// <summary>
/// What a host is to do: POSIX shell, as bytes, for it has names of entries in it. It goes to the host by standard input: nothing of it is on a
/// command line, where a login shell would read it in its own way and other people could.
/// </summary>
/// <param name="Body">Its last exit status is the script's. It may <c>say word...</c>, which its transport hears apart from all other output.</param>
/// <param name="Input">What comes by standard input behind the script, for a program that it starts.</param>
/// <param name="IsFenced">Whether it watches standard input behind that, to end what it started when its controller or the connection ends.</param>
internal sealed record Script(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Input, bool IsFenced)
{
    /// <summary>A short one that needs no fence.</summary>
    public static Script Of(ScriptText body) => new(body.Bytes, default, false);
}

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
