using System.Text;
using QSplit.Manifests;

namespace QSplit.Tests.Manifests;

public sealed class OptionClassSpecs
{
    [Theory]
    [InlineData("--hard-links")]
    [InlineData("--acls")]
    [InlineData("--xattrs")]
    [InlineData("-aHAX")]
    [InlineData("-S")]
    [InlineData("--sparse")]
    [InlineData("--bwlimit=10m")]
    [InlineData("--modify-window=-1")]
    [InlineData("-@-1")]
    [InlineData("-T/var/tmp/rn")]
    [InlineData("--no-owner")]
    [InlineData("--no-o")]
    [InlineData("--no-inc-recursive")]
    [InlineData("--no-i-r")]
    [InlineData("--whole-file")]
    [InlineData("--no-W")]
    [InlineData("--partial-dir=.rsync-partial")]
    [InlineData("--insecure-links")]
    [InlineData("--copy-dest=/mnt/older")]
    public void An_option_that_says_how_to_copy_is_accepted(string option) => OptionClasses.WhyNot(option).ShouldBeNull();

    [Theory]
    [InlineData("--delete", "QSplit deletes only at the cutover")]
    [InlineData("--delete-after", "QSplit deletes only at the cutover")]
    [InlineData("--delete-missing-args", "QSplit deletes only at the cutover")]
    [InlineData("--del", "QSplit deletes only at the cutover")]
    [InlineData("--remove-source-files", "QSplit deletes only at the cutover")]
    [InlineData("--max-delete=1", "QSplit deletes only at the cutover")]
    [InlineData("--force", "QSplit deletes only at the cutover")]
    [InlineData("--files-from=x", "QSplit writes the lists of files")]
    [InlineData("--from0", "QSplit writes the lists of files")]
    [InlineData("--no-from0", "QSplit writes the lists of files")]
    [InlineData("-0", "QSplit writes the lists of files")]
    [InlineData("-n", "rsync would skip entries")]
    [InlineData("--dry-run", "rsync would skip entries")]
    [InlineData("--list-only", "rsync would skip entries")]
    [InlineData("--existing", "rsync would skip entries")]
    [InlineData("--ignore-existing", "rsync would skip entries")]
    [InlineData("--max-size=50k", "rsync would skip entries")]
    [InlineData("--min-size=1", "rsync would skip entries")]
    [InlineData("--only-write-batch=x", "rsync would skip entries")]
    [InlineData("--update", "files that are newer on the target")]
    [InlineData("-u", "files that are newer on the target")]
    [InlineData("--compare-dest=/mnt/older", "files that are equal in that directory")]
    [InlineData("--safe-links", "links that leave the tree")]
    [InlineData("--one-file-system", "what is mounted within the source")]
    [InlineData("-x", "what is mounted within the source")]
    [InlineData("-m", "empty directories")]
    [InlineData("--append", "the content of existing files")]
    [InlineData("--append-verify", "the content of existing files")]
    [InlineData("--checksum-choice=xxh64", "the content of existing files")]
    [InlineData("--cc=none", "the content of existing files")]
    [InlineData("--no-checksum", "the content of existing files")]
    [InlineData("--no-c", "the content of existing files")]
    [InlineData("--inplace", "a read error or an interruption")]
    [InlineData("--partial-dir=.", "it must have the name of a directory")]
    [InlineData("--partial-dir=a/b/", "it must have the name of a directory")]
    [InlineData("--partial", "an interruption would put a part")]
    [InlineData("--backup", "replaced files would stay")]
    [InlineData("-b", "replaced files would stay")]
    [InlineData("--copy-devices", "a device would become a file")]
    [InlineData("--protocol=29", "older protocols")]
    [InlineData("--exclude=*.tmp", "the plan and the verification")]
    [InlineData("--filter=- *.tmp", "the plan and the verification")]
    [InlineData("-f- *.tmp", "it contains -f: the plan and the verification")]
    [InlineData("-C", "the plan and the verification")]
    [InlineData("--exclude-from=x", "the plan and the verification")]
    [InlineData("-F", "the plan and the verification")]
    [InlineData("-r", "each pass decides")]
    [InlineData("--no-recursive", "each pass decides")]
    [InlineData("--no-r", "each pass decides")]
    [InlineData("-d", "each pass decides")]
    [InlineData("-R", "each pass decides")]
    [InlineData("--no-implied-dirs", "each pass decides")]
    [InlineData("-e", "rsync runs between two mounts")]
    [InlineData("-essh", "it contains -e: rsync runs between two mounts")]
    [InlineData("--rsync-path=x", "rsync runs between two mounts")]
    [InlineData("-M--delete", "it contains -M: rsync runs between two mounts")]
    [InlineData("--out-format=%n", "QSplit reads what rsync prints")]
    [InlineData("--log-file=x", "QSplit reads what rsync prints")]
    [InlineData("--log-file-format=x", "QSplit reads what rsync prints")]
    [InlineData("--info=progress2", "QSplit reads what rsync prints")]
    [InlineData("-P", "QSplit reads what rsync prints")]
    [InlineData("-avP", "it contains -v: QSplit reads what rsync prints")]
    [InlineData("-8", "QSplit reads what rsync prints")]
    [InlineData("-L", "symbolic links are copied")]
    [InlineData("--copy-unsafe-links", "symbolic links are copied")]
    [InlineData("-aHn", "it contains -n: rsync would skip entries")]
    [InlineData("--a-new-option", "it is not in QSplit's table of rsync options")]
    [InlineData("--no-such-option", "it is not in QSplit's table of rsync options")]
    [InlineData("-aY", "it contains -Y: it is not in QSplit's table of rsync options")]
    [InlineData("/etc", "it does not start with '-'")]
    [InlineData("*.tmp", "it does not start with '-'")]
    [InlineData("", "it does not start with '-'")]
    [InlineData("-", "it is not an option")]
    [InlineData("--", "it is not an option")]
    [InlineData("--chmod", "it needs its value in the same item: --chmod=...")]
    [InlineData("--chmod g+w", "its name contains a space")]
    [InlineData("-T", "-T needs its value in the same item")]
    [InlineData("-aT", "-T needs its value in the same item")]
    [InlineData("--chmod=a\nb", "it contains a control character")]
    public void An_option_that_would_break_a_pass_or_the_proof_is_refused_with_the_reason(string option, string why) => OptionClasses.WhyNot(option).ShouldNotBeNull().ShouldStartWith(why);

    [Fact]
    public void A_comparison_gets_what_defines_equality_and_nothing_that_only_concerns_the_copy()
    {
        string[] options = ["--hard-links", "-aAXzS", "-zT/tmp", "--bwlimit=1m", "--chmod=g+w", "--no-times", "--checksum", "--size-only", "--no-W", "-@1", "--insecure-links"];

        OptionClasses.OfComparison([.. options]).ShouldBe(["--hard-links", "-aAX", "--chmod=g+w", "--no-times", "-@1", "--insecure-links"]);
        OptionClasses.OfEquality([.. options]).ShouldBe(["--hard-links", "-AX", "--chmod=g+w", "--no-times", "-@1"]);
    }

    [Fact]
    public void Each_option_of_the_installed_rsync_has_a_class()
    {
        var help = QSplit.Testing.Tool.Run("rsync", "--help");
        Assert.SkipWhen(help.ExitCode != 0, "rsync is not there: install package rsync");
        var names = help.Output.Split('\n').SelectMany(line => line.Split(' ', ',', '=', ')', '(', '"')).Select(word => word.Trim()).Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 3 && word != "--no-OPTION").Distinct().ToList();

        names.Count.ShouldBeGreaterThan(100);
        names.Where(name => OptionClasses.WhyNot(name)?.Contains("table of rsync options", StringComparison.Ordinal) == true).ShouldBeEmpty();
    }

    [Fact]
    public void The_page_of_the_options_is_what_the_table_says()
    {
        var page = Path.Combine(Above(AppContext.BaseDirectory), "docs", "reference", "rsync-options.md");
        var text = Page();
        if (Environment.GetEnvironmentVariable("QSPLIT_APPROVE") == "1") File.WriteAllText(page, text);

        File.ReadAllText(page).ShouldBe(text, "docs/reference/rsync-options.md is stale. To renew it: QSPLIT_APPROVE=1 dotnet test tests/QSplit.Tests");
    }

    private static string Page()
    {
        var text = new StringBuilder("""
            # Options of rsync

            `options:` of a migration passes options to rsync. QSplit knows each option of rsync 3.2.3 to 3.5 and sorts it into one of four classes. An option that is not in these tables is refused.

            A comparison (`Verify`, `Cutover`) has its own arguments. It gets the options of the first and the third table and no others. The options of the third table change what "equal" means:
            the report and the sign-off name them. `--no-` in front of an attribute that QSplit always copies (`--no-times`, `--no-owner`, `--no-links`, ...) belongs to the third table too.

            """.ReplaceLineEndings("\n"));
        foreach (var (kind, title) in new[]
        {
            (OptionClass.Harmless, "Harmless: passed to every rsync"), (OptionClass.CopyOnly, "Copy only: never passed to a comparison"),
            (OptionClass.DefinesEquality, "Defines equality: passed to both, named in reports"), (OptionClass.Refused, "Refused"),
        })
        {
            text.Append($"\n## {title}\n\n");
            foreach (var group in OptionClasses.All.Where(rule => rule.Class == kind).GroupBy(rule => rule.Why))
                text.Append($"- {string.Join(", ", group.Select(Written))}: {char.ToLowerInvariant(group.Key[0])}{group.Key[1..].TrimEnd('.')}.\n".Replace(": qSplit", ": QSplit", StringComparison.Ordinal));
        }
        return text.ToString();
    }

    private static string Written(OptionRule rule) =>
        string.Join(" ", rule.Name.Split(',').Select(name => $"`--{name}{(rule.HasValue ? "=" : "")}`").Concat(rule.Letters.Select(letter => $"`-{letter}`")));

    private static string Above(string directory) => File.Exists(Path.Combine(directory, "QSplit.slnx")) ? directory : Above(Path.GetDirectoryName(directory)!);
}
