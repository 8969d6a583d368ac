using QSplit.Manifests;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

public sealed class FindEvidenceSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new(TemporaryFolder.InMemory);

    public FindEvidenceSpecs() => File.WriteAllText(_folder["migrations.yml"], """
        version: 1
        migrations:
          music: { source: { directory: a }, mounts: { target: b } }
          films: { source: { directory: c }, mounts: { target: d } }
        """);

    [Fact]
    public void The_newest_cutover_is_meant_and_no_other_run()
    {
        foreach (var run in (string[])["202611221730-cutover", "202611221730-10-cutover", "202611221730-9-cutover", "202611221729-cutover", "202712312359", "202712312359-cutover.old"])
            _folder.MakeDirectory($"artifacts/runs/music/{run}/evidence");
        // Begun, and without evidence yet.
        _folder.MakeDirectory("artifacts/runs/music/202801010000-cutover");

        Folders().ShouldBe([_folder["artifacts/runs/music/202611221730-10-cutover/evidence"]]);
        Folders(["music"]).Length.ShouldBe(1);
        _folder.MakeDirectory("artifacts/runs/films/202611221730-cutover/evidence");
        Folders().Length.ShouldBe(2);
        Said(new() { Digest = new string('a', 64) }).ShouldContain("--digest is of one folder, and there are 2");
    }

    [Fact]
    public void Where_there_is_none_I_am_told_of_which_migration()
    {
        Said(new()).ShouldStartWith("There is no evidence of music, films here");
        _folder.MakeDirectory("artifacts/runs/music/202611221730-cutover/evidence");
        Said(new() { Migrations = ["films"] }).ShouldStartWith("There is no evidence of films here");
    }

    [Fact]
    public void A_folder_that_is_named_needs_no_manifest()
    {
        File.Delete(_folder["migrations.yml"]);
        _folder.MakeDirectory("signers");
        File.WriteAllText(_folder["keys"], "");

        var terms = FindEvidence.Run(Request(new() { Evidence = "elsewhere/", Signers = "keys", Digest = $"SHA256:{new string('A', 64)}" }), World.Of(_folder.Path)).ShouldHaveSingleItem();

        terms.ShouldBe(new(_folder["elsewhere"], _folder["keys"], new string('a', 64)));
        Said(new() { Evidence = "x", Signers = "signers" }).ShouldContain("ssh-keygen's allowed signers");
        Said(new() { Evidence = "x", Digest = "abc" }).ShouldStartWith("--digest must be 64 hexadecimal digits");
        Should.Throw<Exception>(() => Folders());
    }

    public void Dispose() => _folder.Dispose();

    private string[] Folders(string[]? migrations = null) => [.. FindEvidence.Run(Request(new() { Migrations = migrations ?? [] }), World.Of(_folder.Path)).Select(terms => terms.Folder)];

    private string Said(Asked asked) => Should.Throw<ManifestException>(() => FindEvidence.Run(Request(asked), World.Of(_folder.Path))).Message;

    private static MigrationRequest Request(Asked asked) =>
        new("migrations.yml", [.. asked.Migrations], null, [], false) { Evidence = asked.Evidence, Signers = asked.Signers, Digest = asked.Digest };

    private sealed record Asked
    {
        public string[] Migrations { get; init; } = [];
        public string? Evidence { get; init; }
        public string? Signers { get; init; }
        public string? Digest { get; init; }
    }
}
