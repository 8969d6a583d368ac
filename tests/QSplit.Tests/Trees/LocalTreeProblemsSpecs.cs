using System.Diagnostics;
using System.Text;
using QSplit.Testing;
using QSplit.Trees;
using QSplit.Trees.Native;

namespace QSplit.Tests.Trees;

public sealed class LocalTreeProblemsSpecs : IDisposable
{
    private static readonly LocalTreeOptions Usual = new();
    private readonly TemporaryFolder _folder = new(TemporaryFolder.InMemory);

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_that_may_not_be_read_is_listed_and_said_and_the_rest_is_read()
    {
        var files = new ByteFiles(_folder.Path);
        files.Directory("shut"u8);
        files.File("shut/file"u8, "x"u8);
        files.Directory("open"u8);
        files.File("open/file"u8, "x"u8);
        files.Mode("shut"u8, 0);

        var tree = await Unprivileged.RunAsync(() => CrawlAsync(_folder.Path));

        var note = tree.Notes.ShouldHaveSingleItem();
        note.ShouldBe(note with { Kind = TreeNoteKind.Unreadable, Path = EntryPath.Parse("shut") });
        note.Text.ShouldStartWith("This directory cannot be listed: Permission denied.");
        var root = await tree.ReadAsync(EntryPath.Root, Token);
        root.Children.OrderBy(child => Encoding.UTF8.GetString(child.Name.Span)).Select(child => (child.Kind, child.Expandable, child.Totals.Entries))
            .ShouldBe([(EntryKind.Directory, true, 2), (EntryKind.Directory, false, 1)]);
        (await Should.ThrowAsync<StorageException>(() => tree.ReadAsync(EntryPath.Parse("shut"), Token))).Message.ShouldContain("could not be listed");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Entries_that_may_be_listed_but_not_looked_at_are_listed_and_said()
    {
        var files = new ByteFiles(_folder.Path);
        files.Directory("half"u8);
        files.File("half/file"u8, "x"u8);
        files.Directory("half/directory"u8);
        files.Mode("half"u8, 0b100_100_100);

        var tree = await Unprivileged.RunAsync(() => CrawlAsync(_folder.Path));

        tree.Notes.Select(note => $"{note.Kind} {note.Path}").ShouldBe(["Unreadable ./half/directory", "Unreadable ./half/file"]);
        tree.Notes[0].Text.ShouldContain("cannot be looked at: Permission denied");
        var half = await tree.ReadAsync(EntryPath.Parse("half"), Token);
        half.Children.Select(child => (child.Kind, child.Expandable)).Order().ShouldBe([(EntryKind.File, false), (EntryKind.Directory, false)]);
        tree.Totals.Entries.ShouldBe(4);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_not_there_is_said_with_what_to_try()
    {
        var problem = await Should.ThrowAsync<StorageException>(() => CrawlAsync(_folder["nowhere"]));
        problem.Message.ShouldBe($"Source {_folder["nowhere"]} cannot be read: No such file or directory. Check the path, and that the file system is mounted on this host.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_a_file_is_refused()
    {
        await File.WriteAllTextAsync(_folder["file"], "x", Token);
        (await Should.ThrowAsync<StorageException>(() => CrawlAsync(_folder["file"]))).Message.ShouldContain("Not a directory. A migration starts from a directory");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_may_not_be_read_is_refused()
    {
        new ByteFiles(_folder.Path).Directory("shut"u8);
        new ByteFiles(_folder.Path).Mode("shut"u8, 0);
        (await Should.ThrowAsync<StorageException>(() => Unprivileged.RunAsync(() => CrawlAsync(_folder["shut"])))).Message.ShouldContain("Permission denied. Run as a user who may read it");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_tree_that_is_removed_while_it_is_read_is_read_as_far_as_it_was_there()
    {
        for (var round = 0; round < 5; round++)
        {
            var source = _folder.MakeDirectory($"source{round}");
            TreeMaker.Make(source, new(Seed: round, Files: 4000, Bytes: 0, FilesPerDirectory: 4));
            using var stirring = Process.Start("rm", ["-rf", "--", source])!;
            while (!stirring.HasExited)
            {
                try
                {
                    var tree = await CrawlAsync(source);
                    tree.Notes.ShouldBeEmpty();
                    await ReadAllAsync(tree, EntryPath.Root);
                }
                catch (StorageException gone) when (gone.Message.Contains("No such file", StringComparison.Ordinal))
                {
                    break;
                }
            }
            await stirring.WaitForExitAsync(Token);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_cancelled_crawl_ends_within_moments()
    {
        TreeMaker.Make(_folder.Path, new(Seed: 1, Files: 30_000, Bytes: 0, FilesPerDirectory: 10));
        using var cancelling = new CancellationTokenSource();
        var progress = new CancelAtOnce(cancelling);

        await Should.ThrowAsync<OperationCanceledException>(() => LocalTree.CrawlAsync(_folder.Path, Usual, progress, cancelling.Token));

        progress.Entries.ShouldBeLessThan(30_000);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_bug_in_what_is_told_of_the_progress_ends_the_crawl_and_is_not_lost()
    {
        TreeMaker.Make(_folder.Path, new(Seed: 1, Files: 5000, Bytes: 0));
        await Should.ThrowAsync<NotSupportedException>(() => LocalTree.CrawlAsync(_folder.Path, Usual, new Broken(), Token));
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_on_the_way_is_never_followed_even_by_an_old_kernel(bool nameByName)
    {
        await Task.Yield();
        _folder.MakeDirectory("a/b/c");
        Directory.CreateSymbolicLink(_folder["link"], "a");
        using var root = new DirectoryHandle(LinuxFiles.OpenDirectory(Encoding.UTF8.GetBytes(_folder.Path)));

        LinuxFiles.OpenBelow(root.Descriptor, "link/b/c"u8, nameByName).ShouldBeOneOf(-LinuxFiles.TooManyLinks, -LinuxFiles.NotADirectory);
        LinuxFiles.OpenBelow(root.Descriptor, "link"u8, nameByName).ShouldBeOneOf(-LinuxFiles.TooManyLinks, -LinuxFiles.NotADirectory);
        LinuxFiles.OpenBelow(root.Descriptor, "a/x"u8, nameByName).ShouldBe(-LinuxFiles.Gone);
        using var found = new DirectoryHandle(LinuxFiles.OpenBelow(root.Descriptor, "a/b/c"u8, nameByName));
        found.IsInvalid.ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task No_directory_stays_open()
    {
        TreeMaker.Make(_folder.Path, new(Seed: 1, Files: 20_000, Bytes: 0, FilesPerDirectory: 2000));
        await CrawlAsync(_folder.Path);
        new DirectoryInfo("/proc/self/fd").GetFileSystemInfos().Count(open => open.LinkTarget?.StartsWith(_folder.Path, StringComparison.Ordinal) == true).ShouldBe(0);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<LocalTree> CrawlAsync(string directory) => LocalTree.CrawlAsync(directory, Usual, null, Token);

    private static async Task ReadAllAsync(LocalTree tree, EntryPath directory)
    {
        foreach (var child in (await tree.ReadAsync(directory, Token)).Children.Where(child => child.Expandable)) await ReadAllAsync(tree, directory.Combine(child.Name.Span));
    }

    private sealed class CancelAtOnce(CancellationTokenSource cancelling) : IProgress<CrawlProgress>
    {
        public long Entries { get; private set; }

        public void Report(CrawlProgress value)
        {
            Entries = Math.Max(Entries, value.Totals.Entries);
            cancelling.Cancel();
        }
    }

    private sealed class Broken : IProgress<CrawlProgress>
    {
        public void Report(CrawlProgress value) => throw new NotSupportedException();
    }
}
