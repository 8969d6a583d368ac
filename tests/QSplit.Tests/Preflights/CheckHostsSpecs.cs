using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Runs;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.Preflights;

/// <summary>What a preflight knows of earlier plans and runs.</summary>
public sealed class CheckHostsSpecs : IDisposable
{
    private const string NotTheTree = "is not the tree that was planned";
    private readonly TemporaryFolder _folder = new();

    public CheckHostsSpecs()
    {
        File.WriteAllText(Path.Combine(_folder.MakeDirectory("source"), "a file"), "");
        _folder.MakeDirectory("target");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Without_a_plan_nothing_is_looked_for() => (await FoundAsync(JobOf())).CanGoOn.ShouldBeTrue();

    [Fact(Timeout = HangLimit)]
    public async Task The_paths_of_the_last_plan_are_looked_for()
    {
        Plan("202611221730");

        (await FoundAsync(JobOf())).WhyNot.ShouldContain(NotTheTree);
        // What begins anew is planned anew.
        (await FoundAsync(JobOf() with { Fresh = true })).CanGoOn.ShouldBeTrue();
        (await RequiredAsync(JobOf())).CanGoOn.ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_that_goes_on_needs_the_tree_it_was_begun_with()
    {
        Begin("music/202611221730", JobOf().Terms);

        (await Should.ThrowAsync<StorageException>(() => RequiredAsync(JobOf()))).Message.ShouldSatisfyAllConditions(
            text => text.ShouldStartWith("Migration music cannot begin."), text => text.ShouldContain("here: "), text => text.ShouldContain(NotTheTree));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_of_other_terms_says_nothing_of_this_tree()
    {
        Begin("music/202611221730", JobOf().Terms with { Source = "/mnt/another" });

        (await RequiredAsync(JobOf())).CanGoOn.ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_copies_needs_a_target()
    {
        var job = JobOf();

        await Should.ThrowAsync<ManifestException>(() => FoundAsync(job with { Migration = job.Migration with { Mounts = new Mounts(_folder["source"], "") } }));
    }

    public void Dispose() => _folder.Dispose();

    private Plan Plan(string stamp)
    {
        var plan = SmallPlan.Of(2, 1);
        PlanFile.Write(JobOf().Folders.OfRun($"music/{stamp}"), plan);
        return plan;
    }

    private void Begin(string run, RunTerms terms)
    {
        var plan = Plan(run["music/".Length..]);
        using var store = RunStore.Open(JobOf().Folders.Store, TimeProvider.System);
        store.Append(run, new RunEvent.Started("music", run, terms, plan.Buckets.Length));
    }

    private Job JobOf()
    {
        var host = new Host("here", true, 1, null, null, null, null);
        var migration = new Migration(
            "music", new MigrationSource.Mounted(_folder["source"]), new Mounts(_folder["source"], _folder["target"]), ["here"], new Buckets.Auto(), BalanceBy.Cost, [], [], null);
        return new Job(new Manifest(1, _folder["migrations.yml"], _folder.Path, [], [host], [migration]), migration, [host], true, false, "./build.sh --target=Migrate", new MigrationRequest("migrations.yml", [], null, [], false));
    }

    private async Task<FleetFinding> FoundAsync(Job job) => await WithinAsync(async around => (await CheckHosts.RunAsync(job, around, TestContext.Current.CancellationToken)).Fleet);

    private Task<FleetFinding> RequiredAsync(Job job) => WithinAsync(async around => (await CheckHosts.RequireAsync(job, around, TestContext.Current.CancellationToken)).Findings);

    private async Task<FleetFinding> WithinAsync(Func<Surroundings, Task<FleetFinding>> ask)
    {
        await using var hosts = World.Hosts(TimeProvider.System, DummyProgram.Environment);
        return await ask(World.Of(_folder.Path, hosts: hosts));
    }
}
