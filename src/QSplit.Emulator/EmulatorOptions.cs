using QSplit.Emulator.Synthetic;
using QSplit.Manifests;

namespace QSplit.Emulator;

/// <summary>What an emulated cluster serves, and how.</summary>
/// <param name="Tree">A directory, or a synthetic tree such as <c>synthetic:files=1e9,seed=7</c>.</param>
public sealed record EmulatorOptions(string Tree)
{
    /// <summary>Whether a text is meant for a synthetic tree; a directory otherwise.</summary>
    public static bool IsSynthetic(string tree) => SyntheticSpec.IsMeantBy(tree);

    /// <summary>An IP address of this machine, or <c>localhost</c>.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>0 takes any that is free.</summary>
    public int Port { get; init; }

    public string User { get; init; } = "admin";

    /// <summary>Null makes one up: see <see cref="EmulatedCluster.Password"/>.</summary>
    public Secret? Password { get; init; }

    /// <summary>Whether to do without TLS.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>A PEM file with certificate and key, made if it is not there; null makes a certificate for this time only.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>How long a login lasts.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(10);

    /// <summary>Gets a line for each request: method, raw target, status, milliseconds. Null for none; it stays the caller's to close.</summary>
    public TextWriter? Log { get; init; }

    /// <summary>What goes wrong from the start; null for nothing.</summary>
    /// <remarks>
    /// <c>name=value</c>, separated by commas: <c>latency=5ms</c> (or <c>2s</c>), <c>unauthorized-after=10</c> (calls a token is good for), <c>too-many=3</c> (429) with
    /// <c>retry-after=1</c> (seconds), <c>errors=2</c> with <c>status=503</c>, <c>cut=1</c>, <c>truncate=1</c>, <c>after=20</c> (calls that go well before those four),
    /// <c>vanish=/a/b</c> (again and again; a comma in it is <c>%2C</c>), <c>lag=10%</c>, <c>page=7</c> (entries on a page, at most),
    /// <c>lacks=SNAPSHOT_WRITE</c> (a privilege that the account does not have), <c>refuse=fs_encountered_portal_error@/a/b</c> (an error class,
    /// and the path that is answered with it), <c>locked=3</c> and <c>owned=3</c> (snapshots that cannot be deleted), <c>deleting=5</c> (calls for
    /// which a deleted one is still there), <c>one-name=yes</c> (a difference tells of a modified file under one of its names),
    /// <c>uncovered=yes</c> (reads by a snapshot of another directory are refused), <c>core=7.9.0.3</c> (the version).
    /// </remarks>
    public string? Faults { get; init; }

    public string ClusterName { get; init; } = "emulated";
}
