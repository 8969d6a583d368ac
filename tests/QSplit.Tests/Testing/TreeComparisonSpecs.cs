using QSplit.Testing;

namespace QSplit.Tests.Testing;

/// <summary>The judge of all copies has to be above suspicion.</summary>
public sealed class TreeComparisonSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ByteFiles _right;

    public TreeComparisonSpecs()
    {
        foreach (var side in (string[])["left", "right"])
        {
            var files = new ByteFiles(_folder.MakeDirectory(side));
            files.Directory("directory"u8);
            files.File("directory/large"u8, new byte[1 << 20]);
            files.File("file"u8, "content"u8);
            files.File("other"u8, "content"u8);
            files.Symlink("link"u8, "file"u8);
            files.Fifo("fifo"u8);
            foreach (var path in (string[])["directory/large", "directory", "file", "other", "link", "fifo"]) files.Time(System.Text.Encoding.UTF8.GetBytes(path), 1_000_000_000, 500);
            new ByteFiles(_folder.Path).Time(System.Text.Encoding.UTF8.GetBytes(side), 1_000_000_000, 500);
        }
        _right = new(_folder["right"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task Trees_that_were_made_alike_do_not_differ()
    {
        await Task.Yield();
        Differences().ShouldBeEmpty();
        TreeComparison.Differences(_folder["left"], _folder["right"], new(HardLinks: true)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task One_byte_of_content_is_found()
    {
        await Task.Yield();
        var content = new byte[1 << 20];
        content[^1] = 1;
        _right.File("directory/large"u8, content);
        _right.Time("directory/large"u8, 1_000_000_000, 500);
        Differences().ShouldBe(["./directory/large: content differs from byte 1048575"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_size_is_found()
    {
        await Task.Yield();
        _right.File("file"u8, "conten"u8);
        _right.Time("file"u8, 1_000_000_000, 500);
        Differences().ShouldBe(["./file: size 7 against 6"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("file")]
    [InlineData("link")]
    [InlineData("directory")]
    [InlineData("fifo")]
    [InlineData(".")]
    public async Task One_nanosecond_is_found(string path)
    {
        await Task.Yield();
        _right.Time(System.Text.Encoding.UTF8.GetBytes(path), 1_000_000_000, 501);
        var name = path == "." ? path : "./" + path;
        Differences().ShouldBe([$"{name}: time (1000000000, 500) against (1000000000, 501)"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0b001_110_100_100)]
    [InlineData(0b010_110_100_100)]
    [InlineData(0b100_110_100_100)]
    [InlineData(0b000_110_100_101)]
    public async Task Any_bit_of_the_mode_is_found(int mode)
    {
        await Task.Yield();
        _right.Mode("file"u8, mode);
        Differences().ShouldBe([$"./file: mode 644 against {Convert.ToString(mode, 8)}"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_owner_and_a_group_are_found_unless_they_do_not_count()
    {
        await Task.Yield();
        Assert.SkipUnless(ByteFiles.IsRoot, "Only root gives files away.");
        _right.Owner("file"u8, 123456, 0);
        _right.Owner("link"u8, 0, 654321);
        Differences().ShouldBe(["./file: owner (0, 0) against (123456, 0)", "./link: owner (0, 0) against (0, 654321)"]);
        TreeComparison.Differences(_folder["left"], _folder["right"], new(Owners: false)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_link_target_is_found()
    {
        await Task.Yield();
        File.Delete(_folder["right/link"]);
        _right.Symlink("link"u8, "filf"u8);
        _right.Time("link"u8, 1_000_000_000, 500);
        Differences(new(DirectoryTimes: false)).ShouldBe(["./link: target file against filf"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Another_kind_of_the_same_name_is_found()
    {
        await Task.Yield();
        File.Delete(_folder["right/file"]);
        _right.Directory("file"u8);
        Differences(new(DirectoryTimes: false)).ShouldBe(["./file: kind 8 against 4"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Another_device_is_found()
    {
        await Task.Yield();
        var left = new ByteFiles(_folder["left"]);
        Assert.SkipUnless(ByteFiles.IsRoot && left.TryDevice("null"u8, 1, 3) && _right.TryDevice("null"u8, 1, 5), "Devices cannot be made here.");
        left.Time("null"u8, 1, 1);
        _right.Time("null"u8, 1, 1);
        Differences(new(DirectoryTimes: false)).ShouldBe(["./null: device (1, 3) against (1, 5)"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_on_one_side_only_is_found_whatever_its_name()
    {
        await Task.Yield();
        _right.File([0xff, (byte)'\n'], "x"u8);
        File.Delete(_folder["right/directory/large"]);
        Differences(new(DirectoryTimes: false)).ShouldBe(["./directory/large: missing on the right", "./\\#377\\#012: only on the right"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Names_that_no_longer_share_a_file_are_found_when_that_counts()
    {
        await Task.Yield();
        File.Delete(_folder["left/other"]);
        new ByteFiles(_folder["left"]).HardLink("other"u8, "file"u8);
        Differences(new(DirectoryTimes: false)).ShouldBeEmpty();
        Differences(new(DirectoryTimes: false, HardLinks: true)).ShouldBe(["./other: first name ./file against ./other"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_cannot_be_read_is_not_called_equal()
    {
        await Task.Yield();
        Should.Throw<IOException>(() => TreeComparison.Differences(_folder["left"], _folder["nowhere"]));
        var (left, right) = (new ByteFiles(_folder["left"]), _right);
        left.Mode("file"u8, 0);
        right.Mode("file"u8, 0);
        await Should.ThrowAsync<IOException>(() => Unprivileged.RunAsync(() => Task.FromResult(Differences())));
    }

    private IReadOnlyList<string> Differences(TreeComparisonOptions? options = null) => TreeComparison.Differences(_folder["left"], _folder["right"], options);
}
