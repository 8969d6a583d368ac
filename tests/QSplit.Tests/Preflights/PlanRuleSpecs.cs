using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Trees;

namespace QSplit.Tests.Preflights;

/// <summary>What is said of a plan once the hosts were asked what their target stores.</summary>
public sealed class PlanRuleSpecs
{
    private static readonly PreflightRequest Request = new("music", [], _ => "", _ => "", [], ["--hard-links"], null, null);

    private static readonly HostFinding Host = new("dtn1", "dtn1", false, [], "3.5.0", 1L << 40, 1_000_000, null, true)
    {
        Facts = new("dtn1", "dtn1", "/mnt/old", "/mnt/new", "/mnt") { FreeBytes = 1L << 40, FreeInodes = 1_000_000, CanWrite = true, TargetState = TargetState.There },
    };

    private static readonly Plan Plan = SmallPlan.Of() with
    {
        CaseClashes =
        [
            new(EntryPath.Parse("a/readme"), EntryPath.Parse("a/README"), false),
            new(EntryPath.Parse("b/x"), EntryPath.Parse("b/y"), false) { Folds = NameFolding.Normalization },
        ],
        Facts = new(
            [new(long.MinValue, -(1L << 31), 2, "./old") { Buckets = [1] }, new(1L << 31, 1L << 32, 5, "./new")],
            [new(0, 0, 10), new(7, 7, 3)],
            [new("./l/f0", 65_010), new("./l/g0", 2000)],
            0,
            0),
    };

    [Fact]
    public void A_target_that_stores_all_is_not_worth_a_word() => PlanRules.Of(Plan, Host with { MostNames = 100_000 }, Request, isFirst: true).ShouldBeEmpty();

    [Theory]
    [InlineData(NameFolding.Case, "1 planned entry has the name of another for /mnt/new, which folds case: first ./a/readme, as ./a/README. ")]
    [InlineData(NameFolding.Normalization, "1 planned entry has the name of another for /mnt/new, which folds Unicode normalization: first ./b/x, as ./b/y. ")]
    [InlineData(NameFolding.Case | NameFolding.Normalization, "2 planned entries have the name of another for /mnt/new, which folds case and Unicode normalization: first ./a/readme, ")]
    public void Names_that_are_one_there_are_counted(NameFolding folds, string text) => Said(Host with { Folds = folds }).ShouldStartWith(text);

    [Theory]
    [InlineData(0, "2 planned entries have times that /mnt/new does not store (before 1901-12-13), first ./old: the data is copied, and the times differ.")]
    [InlineData(3, "5 planned entries have times that /mnt/new does not store (2038-01-19 to 2106-02-07), first ./new: ")]
    [InlineData(4, null)]
    public void Times_that_are_not_stored_there_are_counted(int range, string? text)
    {
        var host = Host with { UnkeptTimes = [range] };

        if (text is null) PlanRules.Of(Plan, host, Request, isFirst: true).ShouldBeEmpty();
        else Said(host).ShouldStartWith(text);
    }

    [Fact]
    public void Names_of_a_file_beyond_what_the_target_takes_are_counted()
    {
        Said(Host with { MostNames = 65_000 }).ShouldBe("1 file has more names (hard links) than /mnt/new takes (65,000), first ./l/f0 with 65,010: 10 names are not copied but named as exceptions.");
        PlanRules.Of(Plan, Host with { MostNames = 65_000 }, Request with { Options = [] }, isFirst: true).ShouldBeEmpty();
    }

    [Fact]
    public void Planned_owners_that_cannot_be_kept_are_a_problem()
    {
        var host = Host with { Facts = Host.Facts! with { Owner = "0:0", OwnerExit = 23, User = 0 } };

        PlanRules.Of(Plan, host, Request, isFirst: false).Single().ShouldSatisfyAllConditions(
            found => found.Severity.ShouldBe(Severity.Problem),
            found => found.Text.ShouldContain(" 3 planned entries belong to others. "));
    }

    private static string Said(HostFinding host) => PlanRules.Of(Plan, host, Request, isFirst: true).Single().Text;
}
