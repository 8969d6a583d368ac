using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>What one pass could not copy did not change since: a difference of snapshots does not tell of it, and the next pass has to try it all the same.</summary>
public sealed class ExceptionsAgainSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("a/bad")]
    [InlineData("a")]
    public async Task An_exception_of_the_last_pass_is_copied_by_the_next_one_that_goes_by_differences(string failed)
    {
        await using var site = await ChangingSite.StartAsync(SourceKind.Frozen);
        for (var i = 0; i < 6; i++) site.AddFile($"{(i < 3 ? "a" : "b")}/f{i}");
        site.AddFile("a/bad");
        var rsync = Tool.Read("sh", "-c", "command -v rsync").Trim();
        var wrapper = Path.Combine(Directory.CreateDirectory(site["bin"]).FullName, "rsync");
        // A real rsync, and an entry that it cannot read as long as there is a file 'shut'.
        File.WriteAllText(wrapper, $$"""
            #!/bin/sh
            case " $* " in *" --dry-run "*) exec {{rsync}} "$@";; *" --files-from=- "*) ;; *) exec {{rsync}} "$@";; esac
            [ -e '{{site["shut"]}}' ] || exec {{rsync}} "$@"
            for argument; do case $argument in */.snapshot/*) source=$argument;; esac; done
            {{rsync}} --exclude=/{{failed}} "$@"; code=$?
            printf 'rsync: [sender] send_files failed to open "%s": Permission denied (13)\n' "${source%/}/{{failed}}" >&2
            [ $code = 0 ] && code=23
            exit $code
            """);
        Tool.Read("chmod", "755", wrapper);
        File.WriteAllText(site["shut"], "");
        site.Programs = $"{site["bin"]}:";
        var copied = await site.MigrateAsync();
        copied.Run.Exceptions.ShouldHaveSingleItem().Path.ShouldBe($"./{failed}");
        site.Differences().ShouldNotBeEmpty();
        File.Delete(site["shut"]);

        var synced = await site.SyncAsync();

        synced.IsWithExceptions.ShouldBeFalse();
        synced.Run.Started.Basis!.Words.ShouldNotBeEmpty("it goes by differences");
        site.Said.ShouldContain("1 entry that the last pass could not copy is tried again");
        site.Differences().ShouldBeEmpty();
    }
}
