using QSplit.Reports;

namespace QSplit.Tasks;

/// <summary>
/// The log of a GitHub job, in which a line may be a command. What files are called and what other programs say comes to the log too,
/// so all commands are off while this lives, but for its own.
/// </summary>
/// <remarks>They go by the error output, which GitHub reads as well: the other one may be an answer that a program reads.</remarks>
public sealed class WorkflowLog : IDisposable
{
    private readonly TextWriter? _log;
    private readonly string _token;

    /// <param name="log">Null outside of GitHub.</param>
    /// <param name="token">What nobody can guess.</param>
    internal WorkflowLog(TextWriter? log, string token)
    {
        (_log, _token) = (log, token);
        _log?.WriteLine(WorkflowCommand.Stop(_token));
    }

    /// <summary>The log of this process.</summary>
    public static WorkflowLog Begin() => Edge.WorkflowLog(Console.Error);

    /// <summary>Writes commands that count.</summary>
    internal void Command(IEnumerable<string> commands)
    {
        _log?.WriteLine(string.Join(_log.NewLine, [WorkflowCommand.Resume(_token), .. commands, WorkflowCommand.Stop(_token)]));
    }

    /// <summary>What the step does next may use commands again.</summary>
    public void Dispose() => _log?.WriteLine(WorkflowCommand.Resume(_token));
}
