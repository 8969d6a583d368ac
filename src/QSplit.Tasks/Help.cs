using System.Collections.Immutable;

namespace QSplit.Tasks;

/// <summary>What <c>./build.sh</c> alone prints.</summary>
internal static class Help
{
    public static ImmutableArray<string> Lines { get; } =
    [
        "./build.sh --target=T [options]",
        "",
        "  Validate   reads the manifest, prints every problem with line and column",
        "  Stats      a cluster's size figures as JSON",
        "  Preflight  asks every host: reachable, rsync, both mounts there and the same everywhere, room, what the target keeps",
        "  Plan       cuts the trees into buckets; writes plan.json and bucket files, copies nothing",
        "  DryRun     asks rsync on the hosts what a run would do; writes nothing",
        "  Migrate    copies the trees; goes on where it stopped",
        "  Sync       copies what changed since the last pass (or --since); lists what is only on the targets",
        "  Verify     compares the targets with their sources, by checksums; writes nothing there",
        "  Cutover    the last pass of a frozen source, deletes, verification, sign-off",
        "  Audit      checks the evidence of a cutover: any byte that was changed since, and who signed it",
        "  Status     how far each migration is, also while another terminal runs it",
        "  Errors     what the last runs could not copy, by class, with what to do about it",
        "  Report     the reports of the last runs, made again: report.html, .md, .json, .junit.xml",
        "  Emulate    serves a directory, or a tree that is only arithmetic, as a cluster, until Ctrl-C",
        "",
        "  Clean Compile Test Lint Pack Bench   this repository; --description says more",
        "",
        .. CommandLine.Options.Select(o => $"  --{(o.Value.Length > 0 ? $"{o.Name}={o.Value}" : o.Name),-24} {o.Description}"),
        "",
    ];
}
