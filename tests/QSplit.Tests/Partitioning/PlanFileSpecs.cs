using FsCheck;
using FsCheck.Fluent;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

public sealed class PlanFileSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string PlanJson => Path.Combine(_folder.Path, PlanFile.Name);

    [Fact]
    public void Any_plan_reads_back_as_it_was_written() =>
        Prop.ForAll(AnyTree.Trees, AnyTree.Buckets, (tree, buckets) =>
        {
            var plan = MemoryTree.PlanAsync(tree, buckets, (BalanceBy)(buckets % 3)).GetAwaiter().GetResult();
            plan = plan with { Notes = [.. plan.Notes, .. plan.Levels.Select(level => new TreeNote(TreeNoteKind.LeftOut, level, "\"No\"\n"))] };
            if (buckets % 2 == 0) plan = plan with { Snapshot = new("94127437418840285971493158914", "7_x", DateTimeOffset.UnixEpoch, buckets % 4 == 0 ? null : DateTimeOffset.UnixEpoch.AddDays(30)) };
            PlanFile.Write(_folder.Path, plan);
            Plans.ShouldBeTheSame(PlanFile.Read(_folder.Path), plan);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public async Task A_plan_is_JSON_that_people_can_read()
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.Directory("größe", Node.File("a", 40), Node.File("\\#377", 20)), Node.File("b", 20)), 2);
        var written = PlanFile.Write(_folder.Path, plan with
        {
            Terms = new("migrations.yml", "00ff", "/mnt/old", "/mnt/new", "--acls", ""),
            Estimate = RunEstimates.Of(plan.Buckets, new([("here", 2, null)], null, null)),
        });
        var text = await File.ReadAllTextAsync(PlanJson, TestContext.Current.CancellationToken);
        text.ShouldBe(
            """
            {
              "version": 1,
              "migration": "demo",
              "stamp": "197001010000",
              "source": "memory",
              "totals": {
                "bytes": 80,
                "logicalBytes": 80,
                "entries": 5
              },
              "buckets": [
                {
                  "number": 1,
                  "file": "qsync_197001010000_bucket1.txt",
                  "bytes": 40,
                  "logicalBytes": 40,
                  "entries": 1,
                  "items": 1,
                  "estimatedSeconds": 0.0002502,
                  "sha256": "974a22f0f8f703935e46b85b75164228b38e2bbdde2f3fa6557adb4ba19736cc"
                },
                {
                  "number": 2,
                  "file": "qsync_197001010000_bucket2.txt",
                  "bytes": 40,
                  "logicalBytes": 40,
                  "entries": 2,
                  "items": 2,
                  "estimatedSeconds": 0.0005002,
                  "sha256": "1bd92d5218805db57ab2e6f0635a241cc33530627a53a95bb7af855e0724719b"
                }
              ],
              "levels": [
                ".",
                "./größe"
              ],
              "balance": {
                "heaviest": 40,
                "mean": 40,
                "bound": 40,
                "unit": "bytes"
              },
              "notes": [],
              "terms": {
                "manifest": "migrations.yml",
                "sha256": "00ff",
                "source": "/mnt/old",
                "target": "/mnt/new",
                "options": "--acls",
                "tree": ""
              },
              "estimate": {
                "seconds": 0.0005002,
                "calendarSeconds": 0.0005002,
                "slots": 2,
                "hosts": [
                  "here"
                ],
                "limit": "slots"
              },
              "outline": [
                {
                  "path": ".",
                  "bytes": 80,
                  "logicalBytes": 80,
                  "entries": 5,
                  "read": true,
                  "whole": true
                },
                {
                  "path": "./größe",
                  "bytes": 60,
                  "logicalBytes": 60,
                  "entries": 3,
                  "read": true,
                  "whole": true
                }
              ],
              "largestFiles": [
                {
                  "path": "./größe/a",
                  "bytes": 40,
                  "logicalBytes": 40
                },
                {
                  "path": "./b",
                  "bytes": 20,
                  "logicalBytes": 20
                },
                {
                  "path": "./größe/\\#377",
                  "bytes": 20,
                  "logicalBytes": 20
                }
              ],
              "sourceSha256": "SOURCE",
              "digest": "DIGEST",
              "checksum": "CHECKSUM"
            }
            """.Replace("SOURCE", written.SourceSha256, StringComparison.Ordinal).Replace("DIGEST", written.Digest, StringComparison.Ordinal).Replace("CHECKSUM", written.Checksum, StringComparison.Ordinal));
        new[] { written.SourceSha256, written.Digest, written.Checksum }.ShouldAllBe(sum => sum!.Length == 64);
    }

    /// <remarks>Their digest was one of everything.</remarks>
    [Fact]
    public async Task A_plan_of_an_earlier_version_is_read_and_one_that_was_edited_is_not()
    {
        await WriteAsync();
        var text = File.ReadAllText(PlanJson);
        var document = System.Text.Json.JsonSerializer.Deserialize(text, QSplit.Partitioning.PlanJson.Readable.PlanDocument)! with { SourceSha256 = null, Digest = null, Checksum = null };
        document = document with { Digest = document.ChecksumOf() };
        File.WriteAllText(PlanJson, System.Text.Json.JsonSerializer.Serialize(document, QSplit.Partitioning.PlanJson.Readable.PlanDocument));

        PlanFile.Read(_folder.Path).Digest.ShouldBe(document.Digest);
        File.WriteAllText(PlanJson, File.ReadAllText(PlanJson).Replace("\"bytes\": 2", "\"bytes\": 3", StringComparison.Ordinal));
        Refusal().ShouldContain("it was changed after it was made");
    }

    [Fact]
    public async Task A_list_that_was_edited_is_refused()
    {
        await WriteAsync();
        var list = Path.Combine(_folder.Path, "qsync_197001010000_bucket1.txt");
        File.AppendAllText(list, "./more\n");
        Refusal().ShouldContain($"{list} cannot be used: it was changed after the plan was made.");
        File.Delete(list);
        Refusal().ShouldContain($"{list} cannot be used: it is missing.");
    }

    [Theory]
    [InlineData("", "not a plan")]
    [InlineData("null", "null")]
    [InlineData("[]", "not a plan")]
    [InlineData("{}", "not a plan")]
    [InlineData("{\"version\": 1", "not a plan")]
    [InlineData("PK\u0003\u0004", "not a plan")]
    public Task What_is_not_a_plan_is_refused(string text, string why)
    {
        File.WriteAllText(PlanJson, text);
        Refusal().ShouldContain(why);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "version 2, and this program reads version 1")]
    [InlineData("\"unit\": \"bytes\"", "\"unit\": \"bits\"", "'bits'")]
    [InlineData("qsync_197001010000_bucket1.txt", "../../../etc/passwd", "no name for bucket 1")]
    [InlineData("\"items\": 1", "\"items\": 3", "has 1 items, and the plan says 3")]
    [InlineData("\".\"", "\"/etc\"", "not a path below the source")]
    [InlineData("\"bytes\": 2", "\"bytes\": 3", "checksum does not fit what it says: it was changed after it was made")]
    [InlineData("\"stamp\": \"197001010000\"", "\"stamp\": \"197001010001\"", "no name for bucket 1")]
    [InlineData("\"notes\": []", "\"notes\": null", "not a plan")]
    [InlineData("\"notes\": []", "\"notes\": [{\"kind\": \"x\", \"path\": \".\", \"text\": \"\"}]", "not a plan")]
    public async Task A_plan_that_was_tampered_with_is_refused(string good, string bad, string why)
    {
        await WriteAsync();
        var text = await File.ReadAllTextAsync(PlanJson, TestContext.Current.CancellationToken);
        text.ShouldContain(good);
        await File.WriteAllTextAsync(PlanJson, text.Replace(good, bad), TestContext.Current.CancellationToken);
        Refusal().ShouldContain(why);
    }

    [Fact]
    public Task A_folder_without_a_plan_says_what_to_do()
    {
        Refusal().ShouldContain("--target=Plan");
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_plan_made_in_the_same_minute_takes_the_place_of_the_first()
    {
        PlanFile.Write(_folder.Path, await MemoryTree.PlanAsync(Node.Tree(Node.File("a\nb", 1), Node.File("b", 1), Node.File("c", 1)), 3));
        await WriteAsync();
        Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(
            ["plan.json", "qsync_197001010000_bucket1.txt", "qsync_197001010000_bucket2.txt"]);
    }

    [Fact]
    public async Task Where_nothing_can_be_written_there_is_no_plan_and_a_reason()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "file"), "");
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.File("a", 1)), 1);
        Should.Throw<StorageException>(() => PlanFile.Write(Path.Combine(_folder.Path, "file"), plan)).Message.ShouldContain("The plan of demo cannot be written");
        // A folder in a bucket file's place: writing stops half way, and what is there does not pass for a plan.
        await WriteAsync();
        File.Delete(Path.Combine(_folder.Path, "qsync_197001010000_bucket1.txt"));
        _folder.Make("qsync_197001010000_bucket1.txt");
        Should.Throw<StorageException>(() => PlanFile.Write(_folder.Path, plan));
        File.Exists(PlanJson).ShouldBeFalse();
    }

    private async Task WriteAsync() => PlanFile.Write(_folder.Path, await MemoryTree.PlanAsync(Node.Tree(Node.File("a", 1), Node.File("b", 1)), 2));

    private string Refusal() => Should.Throw<StorageException>(() => PlanFile.Read(_folder.Path)).Message;
}
