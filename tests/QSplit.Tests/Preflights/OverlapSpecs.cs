using QSplit.Preflights;
using QSplit.Testing;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Tests.Preflights;

/// <summary>A source and a target that are in one another although their paths do not say so.</summary>
public sealed class OverlapSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("real", "real", "source", "target", "are the same directory.")]
    [InlineData("real/ol d/tree", "real", "source", "target", "as {target}/ol d/tree: it would be deleted as something that is only on the target.")]
    [InlineData("real", "real/a/new", "source", "target", "as {source}/a/new: it would be copied into itself.")]
    [InlineData("real", "real/a", "source", "target/new", "as {source}/a/new: it would be copied into itself.")]
    public async Task They_are_refused(string source, string target, string mountedSource, string mountedTarget, string why)
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1", hosts.Folder[mountedSource], hosts.Folder[mountedTarget], Binding(hosts, (source, "source"), (target, "target")));

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeFalse();
        fleet.WhyNot.ShouldContain(why.Replace("{target}", hosts.Folder["target"], StringComparison.Ordinal).Replace("{source}", hosts.Folder["source"], StringComparison.Ordinal));
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("real/a", "real/ab")]
    [InlineData("real/.snapshot/day", "real")]
    public async Task What_lies_beside_or_is_left_out_by_name_is_good(string source, string target)
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1", hosts.Folder["source"], hosts.Folder["target"], Binding(hosts, (source, "source"), (target, "target")));

        (await hosts.PreflightAsync(hosts.Request() with { LeaveOut = [".snapshot"] })).WhyNot.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_may_be_all_of_its_file_system()
    {
        using var hosts = new MadeHosts();
        var (source, target) = (hosts.Folder.MakeDirectory("source"), hosts.Folder.MakeDirectory("target"));
        hosts.Add("dtn1", source, target, Mounting(hosts, $"mount -t tmpfs none '{source}' && mkdir -p '{source}/a/new' && mount --bind '{source}/a/new' '{target}'"));

        (await hosts.PreflightAsync()).WhyNot.ShouldContain($"as {source}/a/new: it would be copied into itself.");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("target/a", "target/b", true, "{target}/b and {target}/a are one directory of the target")]
    [InlineData("source/a", "target/b", true, "The target {target}/b lies in the source {source}, as {source}/a: it would be copied into itself")]
    [InlineData("target/a", "source/b", true, "The source {source}/b lies in the target {target}, as {target}/a: it would be deleted")]
    [InlineData("target/b", "source/b", false, "{source}/b is {target}/b itself, by a mount")]
    [InlineData("target/a", "target/view", false, "Another file system is mounted below the target")]
    [InlineData("other", "target/a/below", false, "Another file system is mounted below the target")]
    public async Task What_is_mounted_in_them_is_compared_as_well(string real, string seen, bool isProblem, string text)
    {
        using var hosts = new MadeHosts();
        foreach (var directory in (string[])["source/a/below", "source/b", "target/a/below", "target/b"]) hosts.Folder.MakeDirectory(directory);
        hosts.Add("dtn1", hosts.Folder["source"], hosts.Folder["target"], Binding(hosts, (real, seen)));

        var host = (await hosts.PreflightAsync()).Hosts.ShouldHaveSingleItem();

        host.Findings.Any(finding => finding.Severity == Severity.Problem).ShouldBe(isProblem);
        text = text.Replace("{target}", hosts.Folder["target"], StringComparison.Ordinal).Replace("{source}", hosts.Folder["source"], StringComparison.Ordinal);
        host.Findings.ShouldContain(finding => finding.Text.Contains(text));
    }

    [Theory]
    [InlineData("filer", "/data/old", "filer", "/data", true)]
    [InlineData("filer", "/data/old", "other", "/data", false)]
    [InlineData("filer", "/data", "filer", "/database", false)]
    [InlineData("8:1", "/", "8:1", "/new", true)]
    public void Places_on_one_server_are_compared(string sourceSystem, string source, string targetSystem, string target, bool overlaps)
    {
        var facts = new HostFacts("dtn1", "dtn1", "/mnt/old", "/mnt/new", "/mnt")
        {
            SourcePlace = TreePlace.Of($"{sourceSystem} {source}"),
            TargetPlace = TreePlace.Of($"{targetSystem} {target}"),
        };

        Overlap.Find(facts, new NamePatterns([])).Any().ShouldBe(overlaps);
    }

    // A shell in a mount namespace of its own, in which each directory is to be seen at a second place.
    private static ITransport Binding(MadeHosts hosts, params (string Real, string Seen)[] binds)
    {
        foreach (var (real, seen) in binds) (hosts.Folder.MakeDirectory(real), hosts.Folder.MakeDirectory(seen)).ShouldNotBe(default);
        File.WriteAllText(hosts.Folder[$"{binds[0].Real}/inside"], "");
        return Mounting(hosts, string.Join(" && ", binds.Select(bind => $"mount --bind '{hosts.Folder[bind.Real]}' '{hosts.Folder[bind.Seen]}'")));
    }

    private static ITransport Mounting(MadeHosts hosts, string commands)
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount directories in a namespace of its own.");
        var file = hosts.Folder[$"{Guid.NewGuid():N}.sh"];
        File.WriteAllText(file, $"{commands} && exec /bin/sh \"$@\"");
        return MadeHosts.By("unshare", "-m", "--propagation", "private", "/bin/sh", file);
    }
}
