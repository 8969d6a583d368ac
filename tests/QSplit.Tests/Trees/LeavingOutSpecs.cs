using System.Text;
using QSplit.Tests.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Trees;

public sealed class LeavingOutSpecs
{
    [Fact]
    public async Task A_directory_that_is_left_out_is_in_no_total_and_in_the_notes_but_a_file_of_that_name_stays()
    {
        var whole = new MemoryTree(Node.Tree(Node.File("a", 3), Node.Directory(".zfs", Node.File("x", 5)), Node.File(".snapshot", 7)));
        var tree = new LeavingOut(whole, [".zfs", ".snap*"]);

        var read = await tree.ReadAsync(EntryPath.Root, TestContext.Current.CancellationToken);

        read.Children.Select(child => Encoding.UTF8.GetString(child.Name.Span)).ShouldBe(["a", ".snapshot"], ignoreOrder: true);
        read.Totals.Bytes.ShouldBe(read.Children.Sum(child => child.Totals.Bytes));
        tree.Notes.ShouldBe(
        [
            new(TreeNoteKind.LeftOut, EntryPath.Root, "1 entry is left out by name, with all below: 1 .zfs. To copy directories among them, set 'leaveOut' of the migration."),
            new(TreeNoteKind.LeftOut, EntryPath.Parse(".zfs"), "Left out, with all below it."),
        ]);
    }

    [Fact]
    public async Task A_directory_that_rsync_would_leave_out_is_refused()
    {
        var tree = new LeavingOut(new MemoryTree(Node.Tree(Node.Directory("parts", Node.File("x", 5)))), []) { Refused = "parts" };

        (await Should.ThrowAsync<StorageException>(() => tree.ReadAsync(EntryPath.Root, TestContext.Current.CancellationToken)))
            .Message.ShouldStartWith("The source has a directory ./parts, and rsync leaves out directories called parts:");
    }
}
