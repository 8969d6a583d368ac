using System.Collections.Immutable;

namespace QSplit.CmdScripts;

/// <summary>Where robocopy reads and writes, as the host sees the two trees, and what the manifest adds.</summary>
/// <param name="Options">The manifest's own options, such as <c>/SEC</c>.</param>
/// <param name="LeaveOut">Names of directories that are not copied.</param>
internal sealed record RobocopyPaths(string Source, string Target, ImmutableArray<string> Options, ImmutableArray<string> LeaveOut);
