using QSplit.Stages;

namespace QSplit.Tests.Stages;

/// <summary>A plan that was reviewed keeps its digest, whatever runs teach of costs meanwhile.</summary>
public sealed class LearnedCostSpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task The_digest_of_a_plan_is_the_same_after_a_run_and_another_after_a_change()
    {
        for (var i = 0; i < 24; i++) _site.AddFile($"d{i / 4}/f{i}", i < 4 ? 40_000 : 10);
        _site.WriteManifest(5);
        var reviewed = await PlanAsync();

        await _site.MigrateAsync();
        var again = await PlanAsync();
        _site.AddFile("d3/new", 5);

        again.Checksum.ShouldNotBe(reviewed.Checksum, "the estimates are learned ones now");
        again.Digest.ShouldBe(reviewed.Digest);
        (await PlanAsync()).Digest.ShouldNotBe(reviewed.Digest);
    }

    private async Task<QSplit.Partitioning.Plan> PlanAsync() => (await _site.RunAsync(pipeline => pipeline.Plan, new MigrationRequest("migrations.yml", [], null, [], false))).Plan;
}
