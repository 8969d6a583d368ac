using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>One tree to be moved: where from, where to, by whom and how.</summary>
/// <param name="Name">Its key under <c>migrations</c>, and the name of its folder of runs; letters, digits and <c>. _ -</c>.</param>
/// <param name="Hosts">Names of hosts, each once; empty means one bucket, here.</param>
/// <param name="Options">Further options for the mover, each one argument; none that <see cref="OptionClasses"/> refuses, or <see cref="RefusedRobocopyOptions"/>.</param>
/// <param name="LeaveOut">Names of directories that are neither planned nor copied, wherever they are; <c>*</c> stands for any characters.</param>
/// <param name="Reserve">Room that stays free on the target: no bucket starts below it. Null is none.</param>
public sealed record Migration(
    string Name,
    MigrationSource Source,
    Mounts Mounts,
    ImmutableArray<string> Hosts,
    Buckets Buckets,
    BalanceBy Balance,
    ImmutableArray<string> Options,
    ImmutableArray<string> LeaveOut,
    ByteSize? Reserve)
{
    /// <summary>What copies. With robocopy the mounts are paths of Windows, and its hosts have its shell.</summary>
    public MoverKind Mover { get; init; }

    /// <summary>What all hosts together may move for it; null is no limit.</summary>
    public ByteRate? Bandwidth { get; init; }

    /// <summary>The hours in which buckets start; null is always.</summary>
    public DailyWindow? Window { get; init; }

    /// <summary>How long a run waits when no host is left, before it stops; zero does not wait.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How much of the source may have changed since a plan was made that is carried out later: 0.05 is five of a hundred.</summary>
    public double Drift { get; init; } = 0.05;

    /// <summary>What of the content is compared when it is verified.</summary>
    public VerifyBy Verify { get; init; } = VerifyBy.Checksum;

    /// <summary>How many entries may be deleted from the target at once.</summary>
    public DeletionLimit MostDeletions { get; init; } = DeletionLimit.Default;

    /// <summary>What holds the source still while it is cut over.</summary>
    public FreezeBy Freeze { get; init; }

    /// <summary>How long an rsync may show no sign of life before it is ended and tried elsewhere; 1 s or more.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>What tells the plan how large the tree is and where.</summary>
public abstract record MigrationSource
{
    private MigrationSource()
    {
    }

    /// <summary>A mounted directory, in full, which is crawled.</summary>
    public sealed record Mounted(string Path) : MigrationSource;

    /// <summary>A directory of a cluster (the name of one under <c>clusters</c>, and an absolute path on it), whose totals are asked for.</summary>
    /// <param name="Snapshot">The view of it that is planned and copied.</param>
    public sealed record OnCluster(string Name, string Path, SnapshotChoice Snapshot) : MigrationSource;
}

/// <summary>How many pieces a tree is cut into.</summary>
public abstract record Buckets
{
    private Buckets()
    {
    }

    /// <summary>At least four a slot, none estimated over 15 minutes; one where no hosts are listed.</summary>
    public sealed record Auto : Buckets;

    /// <summary>That many, 1 or more; fewer where the tree has fewer entries.</summary>
    public sealed record Fixed(int Number) : Buckets;
}
