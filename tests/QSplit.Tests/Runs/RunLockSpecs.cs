using QSplit.Runs;
using QSplit.Testing;

namespace QSplit.Tests.Runs;

public sealed class RunLockSpecs : IDisposable
{
    private const string Refused = "Two controllers on one migration would copy over each other: wait for that one, or end it.";
    private readonly TemporaryFolder _folder = new();

    private string Runs => _folder["runs/music"];

    [Fact]
    public void A_second_controller_is_refused_in_the_words_of_the_first_until_that_lets_go()
    {
        using (RunLock.Take(Runs, "music", "process 1 on dtn1, since ever"))
        {
            Should.Throw<StorageException>(() => RunLock.Take(Runs, "music", "process 2")).Message
                .ShouldBe($"Migration music is already run by process 1 on dtn1, since ever. {Refused}");
            RunLock.Take(_folder["runs/film"], "film", "process 2").Dispose();
        }

        RunLock.Take(Runs, "music", "process 2").Dispose();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_controller_that_is_killed_lets_go_and_one_in_another_process_is_refused_as_well()
    {
        using var first = DummyProgram.Start("lock", Runs, "the first, a dummy");
        (await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("ready");

        Should.Throw<StorageException>(() => RunLock.Take(Runs, "music", "this one")).Message.ShouldBe($"Migration music is already run by the first, a dummy. {Refused}");
        (await Said.ByAsync(DummyProgram.Command("lock", Runs, "the second"))).ShouldSatisfyAllConditions(
            s => s.Result.ExitCode.ShouldBe(3), s => s.Output.ShouldBe([$"Migration music is already run by the first, a dummy. {Refused}"]));

        RunLock.HolderIn(Runs).ShouldBe("the first, a dummy");
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        RunLock.HolderIn(Runs).ShouldBeNull("the kernel released it");

        RunLock.Take(Runs, "music", "this one").Dispose();
    }

    [Fact]
    public async Task A_look_at_the_lock_keeps_no_controller_from_it()
    {
        RunLock.Take(Runs, "music", "process 1").Dispose();
        using var enough = new CancellationTokenSource();
        var looks = Task.Run(() =>
        {
            while (!enough.IsCancellationRequested) RunLock.HolderIn(Runs);
        }, TestContext.Current.CancellationToken);

        for (var n = 0; n < 300; n++) RunLock.Take(Runs, "music", "process 1").Dispose();

        await enough.CancelAsync();
        await looks;
        RunLock.HolderIn(_folder["runs/film"]).ShouldBeNull();
    }

    [Fact]
    public void A_lock_that_cannot_be_had_at_all_is_no_other_controller()
    {
        File.WriteAllText(_folder["runs"], "a file");

        Should.Throw<StorageException>(() => RunLock.Take(Runs, "music", "process 1")).Message.ShouldStartWith("Migration music cannot be locked against other controllers: ");
    }

    [Fact]
    public void A_disk_that_is_full_is_no_other_controller()
    {
        Directory.CreateDirectory(Runs);
        File.CreateSymbolicLink(Path.Combine(Runs, "controller.txt"), "/dev/full");

        Should.Throw<StorageException>(() => RunLock.Take(Runs, "music", "process 1")).Message.ShouldStartWith("Migration music cannot be locked against other controllers: ");
    }

    public void Dispose() => _folder.Dispose();
}
