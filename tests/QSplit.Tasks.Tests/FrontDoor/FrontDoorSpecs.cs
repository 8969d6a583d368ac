using QSplit.Testing;

namespace QSplit.Tasks.Tests.FrontDoor;

/// <summary>One clone is compiled once, by the first test that needs it; each test leaves it as it found it.</summary>
public sealed class FrontDoorSpecs(Clone clone) : IClassFixture<Clone>
{
    [Fact(Timeout = HangLimit)]
    public async Task The_commands_of_the_README_run_as_they_stand()
    {
        await Task.Yield();
        Require("rsync");
        // Test is left out: this is it.
        var commands = Readme.Commands(clone["README.md"]).Where(c => !c.Contains("--target=Test", StringComparison.Ordinal)).ToList();
        commands.ShouldContain("./build.sh --target=Migrate");
        foreach (var command in commands)
        {
            var (exitCode, said) = clone.Type(command);
            exitCode.ShouldBe(0, $"{command}\n{said}");
        }
        TreeComparison.Differences(clone["artifacts/demo/source"], clone["artifacts/demo/target"]).ShouldBeEmpty();
        clone.Type("./build.sh --target=Migrate").Said.ShouldContain("All is done: the migration was cut over");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_warm_start_runs_the_compiled_host_and_nothing_else()
    {
        await Task.Yield();
        clone.Type("./build.sh --target=Validate").ExitCode.ShouldBe(0);
        using var spy = new TemporaryFolder();
        var real = Tool.Read("/bin/sh", "-c", "command -v dotnet").Trim();
        Script(spy["dotnet"], $"printf '%s\\n' \"$1\" >>'{spy["calls"]}'\nexec '{real}' \"$@\"");

        var (exitCode, said) = clone.Type("./build.sh --target=Validate", ("PATH", $"{spy.Path}:{Environment.GetEnvironmentVariable("PATH")}"));

        exitCode.ShouldBe(0, said);
        File.ReadAllLines(spy["calls"]).ShouldHaveSingleItem().ShouldEndWith("Build.dll");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_does_not_compile_is_shown_whole_and_the_last_host_is_not_run()
    {
        await Task.Yield();
        var file = clone["build/Repository.cs"];
        var (before, written) = (File.ReadAllText(file), File.GetLastWriteTimeUtc(file));
        File.AppendAllText(file, "this is no C#\n");
        var (exitCode, said) = clone.Type("./build.sh --target=Validate");
        // The last host is compiled from what it was: it need not be compiled again.
        File.WriteAllText(file, before);
        File.SetLastWriteTimeUtc(file, written);

        exitCode.ShouldBe(1, said);
        said.ShouldContain("Repository.cs(");
        said.ShouldContain("error CS");
        said.ShouldNotContain("is right");
        clone.Type("./build.sh --target=Validate").Said.ShouldContain("is right");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Without_dotnet_it_says_what_to_install()
    {
        await Task.Yield();
        using var path = PathWithout("dotnet");
        var (exitCode, said) = clone.Type("./build.sh --target=Validate", ("PATH", path.Path));
        exitCode.ShouldBe(3);
        said.ShouldContain("the .NET SDK is missing. Install version 10.0.100 or later");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_dotnet_older_than_globaljson_is_told_so()
    {
        await Task.Yield();
        var before = File.ReadAllText(clone["global.json"]);
        File.WriteAllText(clone["global.json"], before.Replace("10.0.100", "99.0.100", StringComparison.Ordinal));
        var (exitCode, said) = clone.Type("./build.sh --target=Validate");
        File.WriteAllText(clone["global.json"], before);
        exitCode.ShouldBe(3);
        said.ShouldContain("older than global.json asks for: 99.0.100 is the least, installed: 10.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Without_rsync_and_without_root_it_prints_the_command_and_exits_3()
    {
        await Task.Yield();
        using var path = PathWithout("rsync");
        File.Delete(path["id"]);
        Script(path["id"], "echo 1000");

        var (exitCode, said) = clone.Type("./build.sh --target Migrate", ("PATH", path.Path));
        exitCode.ShouldBe(3);
        said.ShouldContain("missing: rsync. Install: sudo apt-get install -y rsync");
    }

    private static void Script(string path, string body)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        Tool.Read("chmod", "755", path);
    }

    private static void Require(string package)
    {
        if (Tool.Run("/bin/sh", "-c", $"command -v {package}").ExitCode != 0) Assert.Skip($"{package} is not installed: apt-get install {package}");
    }

    /// <summary>A PATH with everything that is on this one, but for one program.</summary>
    private static TemporaryFolder PathWithout(string program)
    {
        var folder = new TemporaryFolder();
        foreach (var directory in Environment.GetEnvironmentVariable("PATH")!.Split(':').Where(Directory.Exists))
            foreach (var file in Directory.EnumerateFiles(directory))
                if (Path.GetFileName(file) != program && !File.Exists(folder[Path.GetFileName(file)])) File.CreateSymbolicLink(folder[Path.GetFileName(file)], file);
        return folder;
    }
}
