using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Tests.Trees;

public sealed class ByteTextSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Any_bytes_are_written_as_text_that_reads_back_as_the_same_bytes()
    {
        await Task.Yield();
        Prop.ForAll(Bytes.Tricky, bytes => ByteText.Read(ByteText.Write(bytes)).SequenceEqual(bytes)).Check(Bytes.Thorough);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_written_is_one_line_of_proper_text()
    {
        await Task.Yield();
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        Prop.ForAll(Bytes.Tricky, bytes => strict.GetString(strict.GetBytes(ByteText.Write(bytes))).EnumerateRunes().All(rune => !Rune.IsControl(rune))).Check(Bytes.Thorough);
    }

    [Fact(Timeout = HangLimit)]
    public async Task No_two_names_are_written_alike()
    {
        await Task.Yield();
        Prop.ForAll(Bytes.Tricky, Bytes.Tricky, (a, b) => a.SequenceEqual(b) == (ByteText.Write(a) == ByteText.Write(b))).Check(Bytes.Thorough);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("Grüße 🎬", "Grüße 🎬")]
    [InlineData("a\nb\tc\r\u007f", "a\\#012b\\#011c\\#015\\#177")]
    [InlineData("\\", "\\")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("\\#012", "\\#134#012")]
    [InlineData("\\#999", "\\#999")]
    [InlineData("\\#12", "\\#12")]
    [InlineData("\u0085", "\\#302\\#205")]
    public async Task Only_what_is_not_plain_text_is_escaped(string name, string text)
    {
        await Task.Yield();
        ByteText.Write(Encoding.UTF8.GetBytes(name)).ShouldBe(text);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_byte_that_is_not_UTF8_is_escaped_alone()
    {
        await Task.Yield();
        ByteText.Write([(byte)'x', 0xe9, (byte)'y', 0xf0, 0x9f, 0x8e]).ShouldBe("x\\#351y\\#360\\#237\\#216");
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_can_read_the_names_that_rsync_itself_prints()
    {
        await Task.Yield();
        using var folder = new TemporaryFolder();
        var source = new ByteFiles(folder.MakeDirectory("source"));
        foreach (var name in OddTree.Names) source.File(name);

        var printed = Tool.Read("rsync", "-r", "--out-format=%n", folder["source"] + "/", folder["target"] + "/").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        printed.Select(line => EntryPath.FromBytes(ByteText.Read(line))).Where(path => !path.IsRoot).Order()
            .ShouldBe(OddTree.Names.Select(name => EntryPath.Root.Combine(name)).Order());
    }
}
