using QSplit.Testing;
using QSplit.Transports;

namespace QSplit.Tests.Preflights;

/// <summary>Hosts that do not have the same file systems mounted below the source and the target.</summary>
public sealed class NestedMountSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("source", "sees nothing of it: what is there would count as gone. Mount it there too.")]
    [InlineData("target", "it has not: it would write below the mount point. Mount it there too.")]
    public async Task A_host_that_lacks_a_mount_of_another_cannot_be_used(string tree, string why)
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1", hosts.Folder["source"], hosts.Folder["target"], Mounting(hosts, $"{tree}/a/ne sted")).Add("dtn2");

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeFalse();
        fleet.Of("dtn1")!.WhyNot.ShouldBeNull();
        fleet.Of("dtn2")!.WhyNot.ShouldNotBeNull().ShouldStartWith($"dtn1 has another file system mounted at {hosts.Folder[$"dtn2-{tree}"]}/a/ne sted (tmpfs)");
        fleet.Of("dtn2")!.WhyNot.ShouldNotBeNull().ShouldEndWith(why);
        (await hosts.PreflightOneAsync("dtn2", fleet)).WhyNot.ShouldBe(fleet.Of("dtn2")!.WhyNot);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Hosts_that_all_have_it_are_good()
    {
        using var hosts = new MadeHosts();
        foreach (var name in (string[])["dtn1", "dtn2"])
            hosts.Add(name, hosts.Folder["source"], hosts.Folder["target"], Mounting(hosts, "source/nested", "target/nested"));

        (await hosts.PreflightAsync()).WhyNot.ShouldBeEmpty();
    }

    /// <remarks>A server shows its own file systems as directories of one share.</remarks>
    [Fact(Timeout = HangLimit)]
    public async Task What_another_host_sees_without_a_mount_of_its_own_is_there()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1", hosts.Folder["source"], hosts.Folder["target"], Mounting(hosts, "source/nested")).Add("dtn2");
        File.WriteAllText(hosts.Folder["source/nested/inside"], "");

        (await hosts.PreflightAsync()).WhyNot.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_left_out_by_name_need_not_be_seen()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1", hosts.Folder["source"], hosts.Folder["target"], Mounting(hosts, "source/a/.snapshot-daily")).Add("dtn2");

        (await hosts.PreflightAsync(hosts.Request() with { LeaveOut = [".snapshot*"] })).WhyNot.ShouldBeEmpty();
        (await hosts.PreflightAsync(hosts.Request())).WhyNot.ShouldNotBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_this_machine_reads_for_the_plan_has_to_be_seen_by_the_hosts()
    {
        using var hosts = new MadeHosts();
        hosts.Here = Mounting(hosts, "source/nested");
        hosts.Add("dtn1");

        var fleet = await hosts.PreflightAsync(hosts.Request() with { Here = hosts.Folder["source"] });

        fleet.WhyNot.ShouldStartWith($"dtn1: this machine has another file system mounted at {hosts.Folder["dtn1-source"]}/nested (tmpfs)");
    }

    // A shell in a mount namespace of its own, in which something is mounted on each of the directories.
    private static ITransport Mounting(MadeHosts hosts, params string[] directories)
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount file systems in a namespace of its own.");
        var mounts = string.Concat(directories.Select(directory => $"mount -t tmpfs none '{hosts.Folder.MakeDirectory(directory)}' && : >'{hosts.Folder[directory]}/inside' && "));
        var file = hosts.Folder[$"{Guid.NewGuid():N}.sh"];
        File.WriteAllText(file, $"{mounts}exec /bin/sh \"$@\"");
        return MadeHosts.By("unshare", "-m", "--propagation", "private", "/bin/sh", file);
    }
}
