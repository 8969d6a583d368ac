using QSplit.Clusters;

namespace QSplit.Tests.Clusters;

public sealed class ClusterSnapshotSpecs
{
    [Theory]
    [InlineData("/mnt/music", "/mnt/music/.snapshot/7_x y")]
    [InlineData("/", "/.snapshot/7_x y")]
    public void The_frozen_view_is_in_the_mount(string mount, string root) => Named("7_x y").RootIn(mount).ShouldBe(root);

    [Theory]
    [InlineData("../../etc")]
    [InlineData("..")]
    [InlineData("")]
    public void A_name_that_would_lead_out_of_the_mount_is_refused(string directory) =>
        Should.Throw<StorageException>(() => Named(directory).RootIn("/mnt")).Message.ShouldContain("cannot be a name");

    private static ClusterSnapshot Named(string directory) => new("7", directory, DateTimeOffset.UnixEpoch, null);
}
