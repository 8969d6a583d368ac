using System.Security.Cryptography;
using System.Text;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Tests.Verifications;

public sealed class SamplingSpecs
{
    private static readonly EntryPath[] Paths = [.. Enumerable.Range(0, 20_000).Select(i => EntryPath.Parse($"reel-{i % 40}/take-{i}"))];

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    public void So_many_are_picked_as_were_asked_for(double part) =>
        Paths.Count(new Sampling("7", part).Picks).ShouldBeInRange((int)(Paths.Length * part * 0.8), (int)(Paths.Length * part * 1.2));

    [Fact]
    public void All_is_all_and_nothing_is_nothing()
    {
        Paths.ShouldAllBe(path => new Sampling("7", 1).Picks(path));
        Paths.ShouldAllBe(path => !new Sampling("7", 0).Picks(path));
    }

    [Fact]
    public void A_larger_sample_has_all_of_a_smaller_one_and_another_seed_has_others()
    {
        var (small, large, other) = (new Sampling("7", 0.1), new Sampling("7", 0.2), new Sampling("8", 0.1));

        Paths.Where(small.Picks).ShouldAllBe(path => large.Picks(path));
        Paths.Where(small.Picks).Count(other.Picks).ShouldBeLessThan(400);
    }

    // As the README has it, so that anybody can tell which files are read.
    [Fact]
    public void It_is_the_rule_that_people_are_told()
    {
        foreach (var path in Paths.Take(200))
        {
            var digest = SHA256.HashData([.. Encoding.UTF8.GetBytes("seed"), 0, .. path.Bytes]);
            var number = digest.Take(8).Aggregate(0.0, (sum, b) => (sum * 256) + b) / Math.Pow(2, 64);
            new Sampling("seed", 0.3).Picks(path).ShouldBe(number < 0.3);
        }
    }
}
