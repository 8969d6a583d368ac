using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>What hosts are to be good for.</summary>
/// <param name="SourceOf">Where a host sees the source, in full: its mount, or the frozen view in it.</param>
/// <param name="TargetOf">Where it sees the target, in full.</param>
/// <param name="Witnesses">Planned paths; empty before there is a plan.</param>
/// <param name="Options">The manifest's options for rsync.</param>
/// <param name="Reserve">Bytes that stay free on the target; null is none.</param>
/// <param name="Expected">What is still to be copied; null where that is not known.</param>
internal sealed record PreflightRequest(
    string Migration,
    ImmutableArray<Host> Hosts,
    Func<Host, string> SourceOf,
    Func<Host, string> TargetOf,
    ImmutableArray<EntryPath> Witnesses,
    ImmutableArray<string> Options,
    long? Reserve,
    Totals? Expected)
{
    /// <summary>Whether nothing may be written, not even for a moment: then less is known of what the target keeps.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Patterns of names of directories that are not copied.</summary>
    public ImmutableArray<string> LeaveOut { get; init; } = [];

    /// <summary>Where this machine reads the tree for the plan; null where it does not, or is one of the hosts.</summary>
    public string? Here { get; init; }

    /// <summary>What copies; with robocopy all hosts are Windows hosts.</summary>
    public MoverKind Mover { get; init; }

    /// <summary>What the target lies in, as the host sees it.</summary>
    public string ParentOf(Host host) => host.Shell == HostShell.Cmd ? WindowsPath.Parent(TargetOf(host)) : Path.GetDirectoryName(TargetOf(host)) is { Length: > 0 } parent ? parent : "/";
}
