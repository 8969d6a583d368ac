using QSplit.Partitioning;
using QSplit.Runs;

namespace QSplit.Reports;

/// <summary>Shows a run to a person while it goes on: lines for a log, or a live picture on a terminal.</summary>
public interface IRunView
{
    /// <summary>Something to say, once: what was found, what will be done.</summary>
    void Say(string line);

    /// <summary>Opens the view of a run; it is closed again when the result is disposed.</summary>
    /// <param name="now">Gives the progress whenever it is asked.</param>
    IRunDisplay Show(Plan plan, Func<ProgressSnapshot> now);

    /// <summary>Shows what a run came to, what is left, and how to go on.</summary>
    void Conclude(RunSummary summary);
}

/// <summary>The view of one run that goes on.</summary>
public interface IRunDisplay : IDisposable
{
    void Happened(RunEvent happened);
}
