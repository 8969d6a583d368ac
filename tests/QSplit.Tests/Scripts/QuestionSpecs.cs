using QSplit.Scripts;
using QSplit.Testing;
using QSplit.Tests.Transports;
using QSplit.Trees;

namespace QSplit.Tests.Scripts;

/// <summary>What a host is asked of its folders: this machine (0), and one over ssh (2).</summary>
public sealed class QuestionSpecs(LoopbackHosts ways) : IClassFixture<LoopbackHosts>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Which_names_are_there_is_told_by_number(int way)
    {
        byte[][] names = ["plain"u8.ToArray(), "it's"u8.ToArray(), "a\nb"u8.ToArray(), [0xff, (byte)'x'], "-n"u8.ToArray(), "*"u8.ToArray()];
        foreach (var name in names) new ByteFiles(_folder.Path).File(name, "x"u8);
        File.CreateSymbolicLink(_folder["dangling"], "/nonexistent");
        EntryPath[] paths = [.. names.Select(name => EntryPath.Root.Combine(name)), EntryPath.Parse("dangling"), EntryPath.Parse("missing"), EntryPath.Parse("*x")];

        var heard = await Heard.ByAsync(ways.To(way), TreeQuestion.Which(_folder.Path, paths));

        heard.Said.ShouldBe(Enumerable.Range(1, 7).Select(i => $"there {i}"));
        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(0), e => e.IsKnown.ShouldBeTrue());
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(4, 0, 0, "4 0 ")]
    [InlineData(4, 2, 0, "4 2 3")]
    [InlineData(4, 3, 96, "4 3 2")]
    [InlineData(4, 4, 96, "4 4 1")]
    [InlineData(0, 0, 0, "0 0 ")]
    public async Task A_tree_is_the_planned_one_when_half_of_what_is_looked_for_is_there(int paths, int missing, int code, string said)
    {
        for (var i = 0; i < paths - missing; i++) File.WriteAllText(_folder[$"{i} it's"], "");

        var heard = await Heard.HereAsync(TreeQuestion.Alone(_folder.Path, Enumerable.Range(0, paths).Select(i => EntryPath.Parse($"{i} it's")), 92));

        heard.End.ExitCode.ShouldBe(code);
        heard.Said.ShouldHaveSingleItem().TrimEnd().ShouldBe($"tree {said}".TrimEnd());
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_tree_that_is_not_mounted_is_not_the_planned_one(int way) =>
        (await Heard.ByAsync(ways.To(way), TreeQuestion.Alone(_folder["it's not there"], [EntryPath.Parse("a")], 92))).End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(92), e => e.IsKnown.ShouldBeTrue());

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(1024)]
    [InlineData(long.MaxValue / 2)]
    public async Task Room_is_what_df_says(long bytes)
    {
        var heard = await Heard.HereAsync(Script.Of(new ScriptText().RequireRoom(_folder.MakeDirectory("it's * here"), bytes).Line("say went on")));

        var room = long.Parse(heard.Said[0]["room ".Length..]) * 1024;
        ((double)room).ShouldBe(new DriveInfo(_folder.Path).AvailableFreeSpace, tolerance: 1e9);
        heard.Said.Contains("went on").ShouldBe(bytes <= 1024);
        heard.End.ExitCode.ShouldBe(bytes <= 1024 ? 0 : RoomQuestion.NoRoom);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Where_df_tells_nothing_there_is_no_saying_that_there_is_room()
    {
        var heard = await Heard.HereAsync(Script.Of(new ScriptText().Line("df() { echo 'df: no file systems processed' >&2; false; }").RequireRoom(_folder.Path, 1)));

        heard.Said.ShouldBeEmpty();
        heard.End.ExitCode.ShouldBe(RoomQuestion.NoRoom);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("/dev/mapper/a b 1000 900 100 90% /mnt", 102_400, true)]
    [InlineData("server:/export/90% full 1000 900 100 90% /mnt", 102_401, false)]
    public async Task A_device_with_an_odd_name_does_no_harm(string line, long bytes, bool isRoom)
    {
        var bin = _folder.MakeDirectory("bin");
        File.WriteAllText(Path.Combine(bin, "df"), $"#!/bin/sh\necho 'Filesystem 1024-blocks Used Available Capacity Mounted on'\necho '{line}'\n");
        Tool.Read("chmod", "755", Path.Combine(bin, "df"));
        var environment = DummyProgram.Environment.SetItem("PATH", $"{bin}:{DummyProgram.Environment["PATH"]}");

        var heard = await Heard.HereAsync(Script.Of(new ScriptText().RequireRoom("/mnt", bytes)), environment: environment);

        heard.Said.ShouldBe(["room 100"]);
        heard.End.ExitCode.ShouldBe(isRoom ? 0 : RoomQuestion.NoRoom);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_is_not_there_yet_is_no_lack_of_room() =>
        (await Heard.HereAsync(Script.Of(new ScriptText().RequireRoom(_folder["not/yet"], 1)))).End.ExitCode.ShouldBe(0);

    public void Dispose() => _folder.Dispose();
}
