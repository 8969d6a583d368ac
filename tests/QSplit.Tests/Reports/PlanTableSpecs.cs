using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Tests.Partitioning;
using Node = QSplit.Tests.Partitioning.Node;

namespace QSplit.Tests.Reports;

public sealed class PlanTableSpecs
{
    [Fact]
    public async Task A_plan_prints_as_a_table()
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.Directory("a", Node.File("x", 3L << 30), Node.File("y", 1 << 20)), Node.File("b\r", 1L << 30)), 2);
        string.Join('\n', PlanTable.Lines(plan)).ShouldBe(
            """
            demo: memory
            bucket  file                                size  entries  items  estimate   share
                 1  qsync_197001010000_bucket1.txt   3.0 GiB        1      1      16 s  75.0 %
                 2  qsync_197001010000_bucket2.txt0  1.0 GiB        2      2     5.4 s  25.0 %
               all                                   4.0 GiB        5      3      21 s
            Balance: heaviest bucket 3.0 GiB, mean 2.0 GiB; 0.0 % over the least possible, 3.0 GiB.
            2 directories are shared by the buckets and finished after them.

            Largest directories
            directory     size   share  entries
            ./a        3.0 GiB  75.0 %        3

            Largest files
            file         size   share
            ./a/x     3.0 GiB  75.0 %
            ./b\#015  1.0 GiB  25.0 %
            ./a/y     1.0 MiB   0.0 %

            Good to know
            ./b\#015: A line break in its name: the list of bucket 2 is separated by NUL. By hand: rsync -av -r --from0 --files-from=FILE SRC DST.
            """);
    }

    [Fact]
    public async Task An_empty_tree_prints_that_there_is_nothing_to_move() =>
        PlanTable.Lines(await MemoryTree.PlanAsync(Node.Tree(), 2, QSplit.Manifests.BalanceBy.Cost)).ShouldContain("There is nothing to move.");

    [Theory]
    [InlineData(QSplit.Manifests.BalanceBy.Files, "heaviest bucket 2 entries")]
    [InlineData(QSplit.Manifests.BalanceBy.Cost, "heaviest bucket 1 ms")]
    public async Task Balance_is_told_in_what_was_balanced(BalanceBy by, string text) =>
        PlanTable.Lines(await MemoryTree.PlanAsync(Node.Tree(Node.File("a", 9), Node.File("b", 9), Node.File("c", 9)), 2, by)).ShouldContain(line => line.Contains(text));
}
