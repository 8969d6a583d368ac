using Cake.Core;
using QSplit.Manifests;
using QSplit.Pipes;

namespace QSplit.Tasks;

/// <summary>Remembers how the tasks ended, for the exit code of the program: Cake itself knows only 0 and -1.</summary>
public sealed class Ending
{
    private readonly List<string> _lastLines = [];
    private Exception? _thrown;
    private int _code;

    /// <summary>A task, or the setup, threw.</summary>
    public void Threw(Exception? exception) => _thrown ??= exception;

    /// <summary>Says with what the program is to exit when nothing goes wrong.</summary>
    public void ExitWith(int code) => _code = code;

    /// <summary>Keeps a line that is to be printed when all else has been, such as the count of tests.</summary>
    public void SayLast(string line) => _lastLines.Add(line);

    /// <summary>Prints what comes last, and a mistake of this program with its stack.</summary>
    /// <returns>The exit code of the program.</returns>
    public int Conclude(int cake, TextWriter output, TextWriter errors)
    {
        if (Bug is { } bug) errors.WriteLine(bug);
        _lastLines.ForEach(output.WriteLine);
        return ExitCode(cake);
    }

    /// <summary>0 all done (10 when a dry run was asked and something would be), 1 something is left, 2 manifest or usage, 3 environment, 130 interrupted.</summary>
    /// <param name="cake">What <c>CakeHost.Run</c> returned.</param>
    public int ExitCode(int cake) => Unwrapped(_thrown) switch
    {
        null when cake == 0 => _code,
        // Cake stopped before any task ran: an unknown target or option.
        null => 2,
        ManifestException => 2,
        StorageException => 3,
        OperationCanceledException => 130,
        _ => 1,
    };

    /// <summary>The reason behind an exception, without what wraps it on its way through stages and tasks.</summary>
    public static Exception? Unwrapped(Exception? exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrapped(only),
        StageFailedException { InnerException: { } inner } => Unwrapped(inner),
        _ => exception,
    };

    // What nobody expects.
    private Exception? Bug => Unwrapped(_thrown) is not (null or ManifestException or StorageException or CommandFailedException or OperationCanceledException or CakeException) ? _thrown : null;
}
