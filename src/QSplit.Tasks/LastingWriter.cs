using System.Text;

namespace QSplit.Tasks;

/// <summary>Writes to a terminal for as long as it is there. What a run does must not fail because nobody can read of it any more.</summary>
internal sealed class LastingWriter(TextWriter terminal) : TextWriter
{
    public override Encoding Encoding => terminal.Encoding;

    /// <summary>Puts one around each output of this process.</summary>
    public static void Install()
    {
        Console.SetOut(new LastingWriter(Console.Out));
        Console.SetError(new LastingWriter(Console.Error));
    }

    public override void Write(char value) => Try(() => terminal.Write(value));

    public override void Write(string? value) => Try(() => terminal.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => terminal.Write(buffer, index, count));

    public override void Flush() => Try(terminal.Flush);

    // EIO: the terminal was closed (tty_ioctl(4), write(2)). A full disk behind a redirection is told by what else fails.
    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // Nobody reads it.
        }
    }
}
