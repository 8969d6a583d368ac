using FsCheck;
using FsCheck.Fluent;
using QSplit.Trees;

namespace QSplit.Tests.Trees;

public sealed class EntryPathSpecs
{
    [Fact]
    public async Task A_path_survives_being_printed_and_read_again()
    {
        await Task.Yield();
        Prop.ForAll(Bytes.Names, names => EntryPath.Parse(Path(names).ToString()) == Path(names)).Check(Bytes.Thorough);
    }

    [Fact]
    public async Task A_path_survives_as_an_entry_of_a_bucket_file()
    {
        await Task.Yield();
        Prop.ForAll(Bytes.Names, names =>
            EntryPath.FromBytes(Path(names).Bytes) == Path(names)
            && EntryPath.FromBytes([.. "./"u8, .. Path(names).Bytes]) == Path(names)
            && EntryPath.FromBytes([.. "./"u8, .. Path(names).Bytes, (byte)'/']) == Path(names)).Check(Bytes.Thorough);
    }

    [Fact]
    public async Task A_path_is_its_parent_and_its_name()
    {
        await Task.Yield();
        Prop.ForAll(Bytes.Names, Bytes.Name, (names, name) =>
        {
            var parent = Path(names);
            var path = parent.Combine(name);
            return path.Parent == parent && path.Name.SequenceEqual(name) && path.Depth == names.Length + 1
                && path.IsWithin(parent) && path.IsWithin(path) && !parent.IsWithin(path) && path.IsWithin(EntryPath.Root);
        }).Check(Bytes.Thorough);
    }

    [Fact]
    public async Task Paths_are_ordered_by_their_bytes_and_equal_when_these_are()
    {
        await Task.Yield();
        Prop.ForAll(Bytes.Names, Bytes.Names, (a, b) =>
        {
            var (left, right) = (Path(a), Path(b));
            var order = left.Bytes.SequenceCompareTo(right.Bytes);
            return Math.Sign(left.CompareTo(right)) == Math.Sign(order) && (left == right) == (order == 0) && (left < right) == (order < 0)
                && (left != right || left.GetHashCode() == right.GetHashCode());
        }).Check(Bytes.Thorough);
    }

    [Fact]
    public async Task A_directory_whose_name_begins_like_another_is_not_within_it()
    {
        await Task.Yield();
        EntryPath.Parse("./ab/c").IsWithin(EntryPath.Parse("./a")).ShouldBeFalse();
        EntryPath.Parse("./a/c").IsWithin(EntryPath.Parse("./a")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("./.")]
    public async Task The_source_itself_can_be_said_in_several_ways(string text)
    {
        await Task.Yield();
        EntryPath.Parse(text).ShouldBe(EntryPath.Root);
        EntryPath.Parse(text).ToString().ShouldBe(".");
        EntryPath.Parse(text).Parent.ShouldBe(EntryPath.Root);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData(".//etc/passwd")]
    [InlineData("..")]
    [InlineData("./..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("././a")]
    [InlineData("a\0b")]
    [InlineData("a\\#000b")]
    public async Task A_path_that_could_lead_out_of_the_source_is_refused(string text)
    {
        await Task.Yield();
        Should.Throw<ArgumentException>(() => EntryPath.Parse(text)).Message.ShouldContain("is not a path below the source");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(".", "relative")]
    [InlineData("..", "relative")]
    [InlineData("a/b", "slash")]
    [InlineData("a\0", "NUL")]
    public async Task A_name_from_elsewhere_that_cannot_be_one_is_refused_and_said_why(string name, string why)
    {
        await Task.Yield();
        Should.Throw<ArgumentException>(() => EntryPath.Parse("./dir").Combine(System.Text.Encoding.UTF8.GetBytes(name))).Message.ShouldContain(why);
    }

    private static EntryPath Path(byte[][] names) => names.Aggregate(EntryPath.Root, (path, name) => path.Combine(name));
}
