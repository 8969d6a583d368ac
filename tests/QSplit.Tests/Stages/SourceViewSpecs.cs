using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Stages;

/// <summary>An rsync that does not see a file system that is mounted within the source: a shell of the same host sees it.</summary>
public sealed class SourceViewSpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public SourceViewSpecs()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount a file system in a namespace of its own.");
        for (var i = 0; i < 60; i++) _site.AddFile($"a/f{i}", 100 + i);
        for (var i = 0; i < 30; i++) _site.AddFile($"nested/f{i}", 200 + i);
        var rsync = Tool.Read("sh", "-c", "command -v rsync").Trim();
        var wrapper = Path.Combine(_site.MakeDirectory("bin"), "rsync");
        File.WriteAllText(wrapper, $"""
            #!/bin/sh
            [ -e '{_site["hidden"]}' ] || exec {rsync} "$@"
            exec unshare -m --propagation private /bin/sh -c 'mount -t tmpfs none "{_site["source/nested"]}" && exec {rsync} "$@"' sh "$@"
            """);
        Tool.Read("chmod", "755", wrapper);
        _site.Environment = _site.Environment.SetItem("PATH", $"{_site["bin"]}:{_site.Environment["PATH"]}");
    }

    public void Dispose() => _site.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData(2, "where here has ")]
    [InlineData(20, "on the source, where here has ")]
    public async Task What_it_does_not_find_is_no_success(int buckets, string why)
    {
        _site.WriteManifest(buckets);
        File.WriteAllText(_site["hidden"], "");

        var copied = await _site.MigrateAsync();

        copied.Run.IsFinished.ShouldBeFalse();
        copied.Run.Exceptions.ShouldBeEmpty();
        copied.Left.Select(work => work.Outcome).OfType<TransferOutcome.Partial>().ShouldContain(partial => partial.Words.Contains(why));
        File.Delete(_site["hidden"]);
        (await _site.MigrateAsync(fresh: false)).Run.IsFinished.ShouldBeTrue();
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(2)]
    [InlineData(20)]
    public async Task It_is_neither_alike_nor_deleted_nor_signed_off(int buckets)
    {
        _site.WriteManifest(buckets);
        await _site.MigrateAsync();
        File.WriteAllText(_site["hidden"], "");

        (await _site.VerifyAsync()).Run.IsFinished.ShouldBeFalse();
        await _site.SyncAsync();
        var ended = await _site.CutoverAsync();

        ended.Cutover.IsSignedOff.ShouldBeFalse();
        // Of the directory itself rsync copies what it sees: its mode and its time.
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldAllBe(difference => difference.StartsWith("./nested: "));
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_really_gone_is_no_failure()
    {
        CopyWhileLosing("f?");

        var copied = await _site.MigrateAsync();

        copied.Run.IsFinished.ShouldBeTrue(copied.HowToGoOn);
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Much_that_is_gone_for_everybody_is_a_failure_until_somebody_says_that_it_is_right()
    {
        CopyWhileLosing("*");

        var copied = await _site.MigrateAsync();

        copied.Run.IsFinished.ShouldBeFalse();
        foreach (var words in copied.Left.Select(work => work.Outcome).OfType<TransferOutcome.Partial>().Select(partial => partial.Words))
            words.ShouldMatch("[0-9]+ of [0-9]+ planned entries below .* are not on the source, as here sees it: is everything mounted\\?.* --accept-drift$");
        (await _site.MigrateAsync(fresh: false, acceptDrift: true)).Run.IsFinished.ShouldBeTrue();
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    private void CopyWhileLosing(string names)
    {
        _site.WriteManifest(2);
        _site.Environment = _site.Environment.SetItem("PATH", $"{_site.MakeDirectory("late")}:{_site.Environment["PATH"]}");
        // Gone between the plan and the copy.
        var wrapper = _site["late/rsync"];
        File.WriteAllText(wrapper, $"""
            #!/bin/sh
            case " $* " in *" --files-from=- "*) rm -rf '{_site["source/nested"]}'/{names};; esac
            exec '{_site["bin"]}/rsync' "$@"
            """);
        Tool.Read("chmod", "755", wrapper);
    }
}
