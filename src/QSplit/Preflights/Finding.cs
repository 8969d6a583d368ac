namespace QSplit.Preflights;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Something will not be as one might think; the work can be done.</summary>
    Warning,

    /// <summary>The work cannot be done, or not rightly.</summary>
    Problem,
}

/// <summary>Something that a host was found to be or to lack.</summary>
/// <param name="Text">What, why, and what to try, in whole sentences; without the host's name.</param>
public sealed record Finding(Severity Severity, string Text)
{
    internal static Finding Note(string text) => new(Severity.Note, text);

    internal static Finding Warning(string text) => new(Severity.Warning, text);

    internal static Finding Problem(string text) => new(Severity.Problem, text);
}
