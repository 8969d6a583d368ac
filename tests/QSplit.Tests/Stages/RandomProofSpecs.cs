using System.Globalization;
using System.Text;
using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Tests.Stages;

/// <summary>Random trees, options and changes behind the back of the program. <c>QSPLIT_ROUNDS=500</c> plays more rounds than CI does.</summary>
public sealed class RandomProofSpecs
{
    private static readonly string[] Options = ["--hard-links", "--xattrs", "--acls", "--sparse", "--whole-file", "--delay-updates", "--fuzzy", "--compress"];
    private static readonly string[] Names = ["plain", "#name", "two words", "quote\"'", "ümlaut", "star*[1]?", "back\\slash", "-dash", ".hidden", "a$b;c", "new\nline"];
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("QSPLIT_ROUNDS") ?? "20", CultureInfo.InvariantCulture);

    [Fact(Timeout = HangLimit * 20)]
    public async Task A_verification_finds_exactly_what_was_changed_and_plain_rsync_never_contradicts_a_sign_off()
    {
        for (var seed = 1; seed <= Rounds; seed++)
        {
            try
            {
                await PlayAsync(new Random(seed));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }

    private static async Task PlayAsync(Random random)
    {
        using var site = new VerifiedSite();
        MakeTree(site, random);
        var options = Options.Where(_ => random.Next(3) == 0).ToList();
        site.WriteManifest(random.Next(1, 9), $"options: [{string.Join(", ", options)}]");
        (await site.MigrateAsync()).Run.IsFinished.ShouldBeTrue();
        Contradictions(site, options).ShouldBeEmpty();
        if (ByteFiles.IsRoot && random.Next(4) == 0)
        {
            await HideAsync(site, random);
            return;
        }
        var done = Spoil(site, random, hasXattrs: options.Contains("--xattrs"));

        var verified = await site.VerifyAsync();

        VerifiedSite.All(verified).Select(found => $"{found.Kind} {found.Path}").Order(StringComparer.Ordinal).ShouldBe(done, ignoreOrder: true);
        if (random.Next(3) > 0) return;
        var ended = await site.CutoverAsync();
        if (ended.Cutover.IsSignedOff) Contradictions(site, options).ShouldBeEmpty();
    }

    // A part of the source that rsync does not see for a while: nothing of it is deleted, and nothing is signed.
    private static async Task HideAsync(VerifiedSite site, Random random)
    {
        var directories = Directory.GetDirectories(site["source"]).Where(directory => Directory.EnumerateFileSystemEntries(directory).Any()).ToList();
        var hidden = directories[random.Next(directories.Count)];
        var rsync = Tool.Read("sh", "-c", "command -v rsync").Trim();
        File.WriteAllText(Path.Combine(site.MakeDirectory("bin"), "rsync"), $"""
            #!/bin/sh
            exec unshare -m --propagation private /bin/sh -c 'mount -t tmpfs none "$QSPLIT_HIDDEN" && exec {rsync} "$@"' sh "$@"
            """);
        Tool.Read("chmod", "755", site["bin/rsync"]);
        site.Environment = site.Environment.SetItem("PATH", $"{site["bin"]}:{site.Environment["PATH"]}").SetItem("QSPLIT_HIDDEN", hidden);
        var before = Tool.Read("find", site["target"], "-mindepth", "2");
        if (random.Next(2) == 0) await site.SyncAsync();

        var ended = await site.CutoverAsync();

        ended.Cutover.IsSignedOff.ShouldBeFalse();
        Tool.Read("find", site["target"], "-mindepth", "2").ShouldBe(before);
    }

    private static void MakeTree(VerifiedSite site, Random random)
    {
        for (var i = random.Next(8, 40); i > 0; i--)
        {
            var directory = $"{Name(random)}{(random.Next(2) == 0 ? "" : "/" + Name(random))}";
            var path = $"{directory}/{Name(random)}.{i}";
            if (random.Next(12) == 0)
            {
                Directory.CreateDirectory(site[$"source/{directory}"]);
                File.CreateSymbolicLink(site[$"source/{path}"], Name(random));
                continue;
            }
            site.AddFile(path, random.Next(5) == 0 ? 0 : random.Next(3000));
            if (random.Next(10) == 0) Tool.Read("ln", site[$"source/{path}"], site[$"source/{path}.linked"]);
            if (random.Next(6) == 0) Tool.Read("chmod", "0640", site[$"source/{path}"]);
        }
        site.MakeDirectory($"source/{Name(random)}/empty");
    }

    private static string Name(Random random) => Names[random.Next(Names.Length)];

    // What no option lets differ, as somebody sees it who does not trust the program.
    private static string[] Contradictions(VerifiedSite site, List<string> options) => Tool.Read(
        "rsync",
        ["-rlptgoDni", "--checksum", "--delete", "--modify-window=-1", .. options.Where(option => option is "--hard-links" or "--xattrs" or "--acls"), $"{site["source"]}/", $"{site["target"]}/"])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Spoil(VerifiedSite site, Random random, bool hasXattrs)
    {
        var done = new List<string>();
        // A change of one name of a file is one of all its names.
        var files = Tool.Read("find", site["target"], "-type", "f", "-links", "1", "-print0").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(files, StringComparer.Ordinal);
        random.Shuffle(files);
        foreach (var file in files.Take(random.Next(5)))
        {
            var name = EntryPath.FromBytes(Encoding.UTF8.GetBytes(Path.GetRelativePath(site["target"], file)));
            switch (random.Next(hasXattrs ? 7 : 6))
            {
                case 0:
                    if (new FileInfo(file).Length == 0) break;
                    VerifiedSite.Flip(file);
                    done.Add($"Content {name}");
                    break;
                case 1:
                    Tool.Read("chmod", "0401", file);
                    done.Add($"Mode {name}");
                    break;
                case 2:
                    Tool.Read("touch", "-d", "@1234567.5", file);
                    done.Add($"Time {name}");
                    break;
                case 3:
                    VerifiedSite.Keeping(Path.GetDirectoryName(file)!, () => File.Delete(file));
                    done.Add($"Missing {name}");
                    break;
                case 4:
                    VerifiedSite.Keeping(Path.GetDirectoryName(file)!, () => File.WriteAllText(file + ".more", ""));
                    done.Add($"Extra {name}.more");
                    break;
                case 5 when ByteFiles.IsRoot:
                    Tool.Read("chown", "12345", file);
                    done.Add($"Owner {name}");
                    break;
                case 6:
                    if (Tool.Run("setfattr", "-n", "user.spoilt", "-v", "1", file).ExitCode == 0) done.Add($"Xattr {name}");
                    break;
            }
        }
        return done;
    }
}
