using FsCheck;
using FsCheck.Fluent;
using QSplit.Processes;
using QSplit.Testing;
using QSplit.Testing.Windows;

namespace QSplit.Tests.Processes;

/// <summary>What comes out of a batch file is what was put into it, by the documented rules of cmd and of the programs it starts.</summary>
public sealed class CmdQuoteSpecs
{
    [Theory]
    [InlineData("a b", "\"a b\"")]
    [InlineData("100%", "\"100%%\"")]
    [InlineData("%TEMP%", "\"%%TEMP%%\"")]
    [InlineData("D:\\", "\"D:\\\\\"")]
    [InlineData("\\\\nas\\x", "\"\\\\nas\\x\"")]
    [InlineData("a&b|(c)^!<>", "\"a&b|(c)^!<>\"")]
    public void Arguments_are_between_quotes(string argument, string text) => CmdQuote.Argument(argument).ShouldBe(text);

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a\r\nb")]
    [InlineData("a\tb")]
    public void What_no_name_has_is_refused(string argument) => Should.Throw<ArgumentException>(() => CmdQuote.Argument(argument));

    [Fact]
    public void Any_arguments_reach_the_program_as_they_are() =>
        Prop.ForAll(Arguments, arguments =>
        {
            using var folder = new TemporaryFolder();
            File.WriteAllText(folder["x.cmd"], $"@echo off\r\nchcp 65001 >nul\r\nset \"TEMP=gone\"\r\nprogram {string.Join(' ', arguments.Select(CmdQuote.Argument))}\r\n");
            IReadOnlyList<string> got = [];
            var player = new CmdPlayer(WindowsDisk.Parse($"D:={folder.Path}"), Stream.Null, TextWriter.Null, TextWriter.Null);
            player.Programs["program"] = (words, _) => (got = words).Count;

            player.RunBatch("D:\\x.cmd").ShouldBe(arguments.Length);

            got.ShouldBe(arguments);
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<string[]> Arguments { get; } = Gen.Elements("%", "%%", "^", "&", "|", "<", ">", "(", ")", "!", "\\", " ", "'", "`", "=", ";", ",", "~", "1", "*", "%TEMP%", "%~dp0", "%1", "é", "🎬", "a", "/", "-", "rem ")
        .NonEmptyListOf().Select(parts => string.Concat(parts)).NonEmptyListOf().Select(words => words.ToArray()).ToArbitrary();
}
