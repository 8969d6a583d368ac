using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Emulation;

/// <summary>What changed between two snapshots of a real directory, as a cluster tells it.</summary>
public sealed class DifferenceSpecs
{
    // What is done to the tree (d/x/deep, d/f, e/, f, h and its other name g, s -> f), and what is told of it.
    public static TheoryData<string, string> Changes { get; } = new()
    {
        { "true", "" },
        { "cat f d/f > /dev/null", "" },
        { "echo more >> f", "MODIFY /f" },
        { "printf B | dd of=f conv=notrunc status=none; touch -r d/f f", "MODIFY /f" },
        { "chmod 600 f", "MODIFY /f" },
        { "chmod 600 f; chmod 644 f", "MODIFY /f" },
        { "chmod 700 d", "MODIFY /d/" },
        { "touch new", "MODIFY /, CREATE /new" },
        { "touch d/x/new", "MODIFY /d/x/, CREATE /d/x/new" },
        { "rm f", "MODIFY /, DELETE /f" },
        { "rm -r d", "MODIFY /, DELETE /d/" },
        { "mkdir -p n/o/p; touch n/o/p/q", "MODIFY /, CREATE /n/" },
        { "mv f z", "MODIFY /, DELETE /f, CREATE /z" },
        { "mv d dd", "MODIFY /, DELETE /d/, CREATE /dd/" },
        { "mv d/x e/y", "MODIFY /d/, DELETE /d/x/, MODIFY /e/, CREATE /e/y/" },
        { "touch gone; rm gone", "MODIFY /" },
        { "rm f; mkdir f; touch f/in", "MODIFY /, DELETE /f, CREATE /f/" },
        { "rm -r d; echo > d", "MODIFY /, DELETE /d/, CREATE /d" },
        { "rm s; ln -s d s", "MODIFY /, MODIFY /s" },
        { "rm s; echo > s", "MODIFY /, DELETE /s, CREATE /s" },
        { "echo other > tmp; mv tmp f", "MODIFY /, MODIFY /f" },
        { "rm -r d; cp -a e d", "MODIFY /, DELETE /d/, CREATE /d/" },
        { "ln h i", "MODIFY /, MODIFY /g, MODIFY /h, CREATE /i" },
        { "echo x >> h", "MODIFY /g, MODIFY /h" },
        { "mkfifo p", "MODIFY /, CREATE /p" },
        { "touch 'a b' 'a/../é' \"$(printf 'l\\nf')\" 2>/dev/null; touch é", "MODIFY /, CREATE /a b, CREATE /l\nf, CREATE /é" },
    };

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(Changes))]
    public async Task Each_change_is_told_in_the_words_of_a_cluster(string change, string expected)
    {
        await using var emulator = await RunningEmulator.StartAsync(root => Tool.Read("sh", "-c",
            "cd \"$1\"; mkdir -p d/x e; touch d/x/deep d/f; printf A > f; echo > h; ln h g; ln -s f s", "sh", root));
        var older = await emulator.FreezeAsync();
        Tool.Run("sh", "-c", "cd \"$1\"; " + change, "sh", emulator.Root);
        var newer = await emulator.FreezeAsync();

        string.Join(", ", await emulator.ChangesAsync(older, newer)).ShouldBe(expected);
        (await emulator.ChangesAsync(older, newer, limit: 1)).Count.ShouldBe(expected == "" ? 0 : expected.Split(", ").Length);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Paths_are_those_of_the_file_system_whatever_directory_was_frozen()
    {
        await using var emulator = await RunningEmulator.StartAsync(root => Directory.CreateDirectory(Path.Combine(root, "a", "b")));
        var older = await emulator.FreezeAsync("/a");
        File.WriteAllText(Path.Combine(emulator.Root, "a", "b", "new"), "");
        var newer = await emulator.FreezeAsync("/a");
        (await emulator.ChangesAsync(older, newer)).ShouldBe(["MODIFY /a/b/", "CREATE /a/b/new"]);
        var page = await emulator.GetAsync($"/v2/snapshots/{newer}/changes-since/{older}?limit=1");
        page.GetProperty("paging").GetProperty("next").GetString().ShouldBe($"/v2/snapshots/{newer}/changes-since/{older}?after=1&limit=1");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Snapshots_that_cannot_be_compared_are_refused()
    {
        await using var emulator = await RunningEmulator.StartAsync(root => Directory.CreateDirectory(Path.Combine(root, "a")));
        var (root, a, again) = (await emulator.FreezeAsync(), await emulator.FreezeAsync("/a"), await emulator.FreezeAsync());
        (await emulator.GetAsync($"/v2/snapshots/{a}/changes-since/{root}", 400)).GetProperty("description").GetString()!.ShouldContain("not of the same directory");
        await emulator.GetAsync($"/v2/snapshots/{root}/changes-since/{again}", 400);
        await emulator.GetAsync($"/v2/snapshots/{again}/changes-since/9", 404);
        await emulator.GetAsync($"/v2/snapshots/{again}/changes-since/{root}?limit=x", 400);
    }
}
