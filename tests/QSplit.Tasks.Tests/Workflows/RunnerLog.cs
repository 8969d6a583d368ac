namespace QSplit.Tasks.Tests.Workflows;

/// <summary>Reads a job's log as GitHub's runner does: which of its lines are commands.</summary>
/// <remarks>https://github.com/actions/runner, src/Runner.Worker/ActionCommandManager.cs and src/Runner.Common/ActionCommand.cs.</remarks>
internal static class RunnerLog
{
    /// <summary>The commands that count, without those that switch them off and on.</summary>
    public static IReadOnlyList<string> Commands(string log)
    {
        var commands = new List<string>();
        string? stopped = null;
        foreach (var line in log.Split('\n').Select(line => line.Trim()))
        {
            if (stopped is not null)
            {
                if (line == $"::{stopped}::") stopped = null;
            }
            else if (line.StartsWith("::stop-commands::", StringComparison.Ordinal)) stopped = line["::stop-commands::".Length..];
            else if (line.StartsWith("::", StringComparison.Ordinal) || line.Contains("##[", StringComparison.Ordinal)) commands.Add(line);
        }
        return commands;
    }
}
