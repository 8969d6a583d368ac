using System.Text;
using Cake.Core;
using Spectre.Console;

namespace QSplit.Tasks.Tests;

/// <summary>Keeps what a run says, without colours.</summary>
internal sealed class RecordedConsole : IConsole
{
    private readonly StringBuilder _text = new();

    public RecordedConsole() => Ansi = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Out = new AnsiConsoleOutput(new StringWriter(_text)),
    });

    public IAnsiConsole Ansi { get; }

    public string Text => _text.ToString();

    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => _text.AppendFormat(format, arg);

    public void Write(string value) => _text.Append(value);

    public void WriteLine(string format, params object[] arg) => _text.AppendFormat(format, arg).AppendLine();

    public void WriteLine(string value) => _text.AppendLine(value);

    public void WriteError(string format, params object[] arg) => Write(format, arg);

    public void WriteError(string value) => Write(value);

    public void WriteErrorLine(string format, params object[] arg) => WriteLine(format, arg);

    public void WriteErrorLine(string value) => WriteLine(value);

    public void ResetColor()
    {
    }
}
