using QSplit.Testing;
using QSplit.Transfers;
using QSplit.Trees;
using QSplit.Trees.Native;

namespace QSplit.Tests.Trees;

/// <summary>Inode numbers that are not unique. No file system of a test machine is like that, so the listing is made by hand.</summary>
public sealed class FalseLinkSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one", "other", true)]
    [InlineData("same", "same", false)]
    public void Two_files_with_one_number_are_one_file_only_if_size_mode_and_time_agree(string one, string other, bool isFalse)
    {
        foreach (var (name, content) in (IEnumerable<(string, string)>)[("a", one), ("b", other)])
        {
            File.WriteAllText(_folder[name], content);
            File.SetLastWriteTimeUtc(_folder[name], DateTime.UnixEpoch);
        }
        var root = new DirectoryNode(null, 0);
        var writer = new ListingWriter();
        writer.Add("a"u8, Status(one.Length));
        writer.Add("b"u8, Status(other.Length));
        root.Add(writer.Take(root));

        (HardLinks.FindFalse(root, _folder.Path) is not null).ShouldBe(isFalse);
    }

    [Fact]
    public void A_file_that_changed_between_its_two_names_is_still_one()
    {
        File.WriteAllText(_folder["a"], "as it is now");
        Tool.Read("ln", _folder["a"], _folder["b"]);
        var root = new DirectoryNode(null, 0);
        var writer = new ListingWriter();
        writer.Add("a"u8, Status(3));
        writer.Add("b"u8, Status(12));
        root.Add(writer.Take(root));

        HardLinks.FindFalse(root, _folder.Path).ShouldBeNull();
    }

    [Fact]
    public void Then_hard_links_are_not_asked_for_whatever_the_options_say()
    {
        var paths = new RsyncPaths("/old", "/new", ["--hard-links"], [], null, false) { ForgoesHardLinks = true };

        RsyncArguments.For(Pass.Baseline, paths).SkipWhile(argument => argument != "--hard-links").ShouldContain("--no-hard-links");
    }

    private static FileStatus Status(long size) => new() { Mode = 0x81A4, Links = 2, Inode = 77, Size = size };
}
