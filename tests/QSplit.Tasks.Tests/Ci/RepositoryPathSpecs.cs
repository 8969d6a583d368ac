using QSplit.Tasks.Ci;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Ci;

public sealed class RepositoryPathSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RepositoryPathSpecs() => Directory.CreateDirectory(_folder["checkout/films"]);

    [Theory]
    [InlineData("migrations.yml", "checkout", "migrations.yml")]
    [InlineData("films/a.yml", "checkout", "films/a.yml")]
    [InlineData("a.yml", "checkout/films", "films/a.yml")]
    [InlineData("../migrations.yml", "checkout/films", "migrations.yml")]
    [InlineData("checkout/..migrations.yml", ".", "..migrations.yml")]
    public void A_file_is_told_from_the_checkout(string file, string directory, string expected) =>
        Of(file, directory).ShouldBe(expected);

    [Fact]
    public void So_is_one_that_was_named_in_full() => Of(_folder["checkout/films/a.yml"], ".").ShouldBe("films/a.yml");

    [Fact]
    public void A_file_elsewhere_stays_as_it_was_named() => Of("../other/a.yml", "checkout").ShouldBe("../other/a.yml");

    [Fact]
    public void Without_a_checkout_it_stays_as_it_was_named() => RepositoryPath.Of("films/a.yml", _folder.Path, null).ShouldBe("films/a.yml");

    [Fact]
    public void A_checkout_behind_a_link_is_the_same_checkout()
    {
        Directory.CreateSymbolicLink(_folder["link"], _folder["checkout"]);
        RepositoryPath.Of("a.yml", _folder["checkout/films"], _folder["link"]).ShouldBe("films/a.yml");
        RepositoryPath.Of("a.yml", _folder["link/films"], _folder["checkout"]).ShouldBe("films/a.yml");
    }

    [Fact]
    public void A_manifest_that_is_a_link_is_the_file_whose_lines_were_read()
    {
        File.CreateSymbolicLink(_folder["checkout/migrations.yml"], "films/a.yml");
        File.WriteAllText(_folder["checkout/films/a.yml"], "");
        Of("migrations.yml", "checkout").ShouldBe("films/a.yml");
    }

    [Fact]
    public void Links_in_a_circle_end()
    {
        File.CreateSymbolicLink(_folder["checkout/a.yml"], "b.yml");
        File.CreateSymbolicLink(_folder["checkout/b.yml"], "a.yml");
        Of("a.yml", "checkout").ShouldBe("a.yml");
    }

    public void Dispose() => _folder.Dispose();

    private string Of(string file, string directory) => RepositoryPath.Of(file, Path.GetFullPath(_folder[directory]), _folder["checkout"]);
}
