using FsCheck;
using FsCheck.Fluent;
using QSplit.Processes;
using QSplit.Testing;

namespace QSplit.Tests.Processes;

public sealed class ShellQuoteSpecs
{
    [Theory]
    [InlineData("", "''")]
    [InlineData("plain", "plain")]
    [InlineData("/mnt/old_1-2.txt", "/mnt/old_1-2.txt")]
    [InlineData("--target=Migrate", "--target=Migrate")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(x)", "'$(x)'")]
    [InlineData("~", "'~'")]
    [InlineData("é", "'é'")]
    [InlineData("=x", "'=x'")]
    public void What_needs_no_quotes_has_none(string argument, string quoted) => ShellQuote.Quote(argument).ShouldBe(quoted);

    [Fact]
    public void A_shell_reads_back_what_was_quoted()
    {
        var letter = Gen.Frequency((3, Gen.Elements(" '\"\\$`!*?[]{}()<>|&;#~=%^\n\t\r\u0001\u007féß🎬-".EnumerateRunes().Select(rune => rune.ToString()).ToArray())), (1, Gen.Choose('a', 'z').Select(c => $"{(char)c}")));
        var word = Gen.ListOf(letter).Select(string.Concat);
        Prop.ForAll(Gen.ListOf(word, 20).ToArbitrary(), words => ReadBack(words).SequenceEqual(words)).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    // No word has a NUL in it: one behind each tells them apart.
    private static string[] ReadBack(IEnumerable<string> words) =>
        Tool.Read("/bin/sh", "-c", $"printf '%s\\0' {string.Join(' ', words.Select(ShellQuote.Quote))}").Split('\0')[..^1];
}
