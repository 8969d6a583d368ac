namespace QSplit.Tasks.Tests.Journeys;

public sealed class VerifySpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task I_can_prove_that_a_copy_is_whole_and_am_told_what_is_not()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"reel-{i / 4}/take-{i}", 10_000);
        site.WriteManifest(2, "buckets: 3");
        (await site.RunAsync("--target=Verify")).ExitCode.ShouldBe(2);
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);

        var alike = await site.RunAsync("--target=Verify");
        alike.ExitCode.ShouldBe(0, alike.Output);
        alike.Output.ShouldContain("Compared            16 entries");
        alike.Output.ShouldContain("Read on both sides  117.2 KiB in 12 files");
        alike.Output.ShouldContain("demo: Source and target are alike.");

        var flipped = Path.Combine(site.Target, "reel-1", "take-5");
        Testing.Tool.Read("sh", "-c", $"cp -p '{flipped}' '{flipped}.was'; printf X | dd of='{flipped}' conv=notrunc status=none; touch -r '{flipped}.was' '{flipped}'; rm '{flipped}.was'; touch -r '{site.Source}/reel-1' '{site.Target}/reel-1'");

        var different = await site.RunAsync("--target=Verify");
        different.ExitCode.ShouldBe(1, different.Output);
        different.Output.ShouldContain("other content        1  ./reel-1/take-5");
        different.Output.ShouldContain("Source and target differ: 1 other content.");
        different.Output.ShouldContain("To copy what differs and delete what is only on the target: ./build.sh --target=Verify --migration=demo --repair");
        var repaired = await site.RunAsync("--target=Verify", "--repair");
        repaired.ExitCode.ShouldBe(0, repaired.Output);
        repaired.Output.ShouldContain("What differed is mended. To prove that all is alike now: ./build.sh --target=Verify --migration=demo");
        (await site.RunAsync("--target=Verify")).ExitCode.ShouldBe(0);
        (await site.RunAsync("--target=Verify", "--repair")).ExitCode.ShouldBe(2);
        (await site.RunAsync("--target=Status")).Output.ShouldContain("Source and target are alike.");
        (await site.RunAsync()).Output.ShouldContain("verification, finished");
    }
}
