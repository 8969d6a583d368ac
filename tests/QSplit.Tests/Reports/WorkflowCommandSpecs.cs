using QSplit.Manifests;
using QSplit.Reports;

namespace QSplit.Tests.Reports;

public sealed class WorkflowCommandSpecs
{
    [Fact]
    public void A_problem_is_one_command_with_its_place() =>
        WorkflowCommand.Error(new ManifestProblem("migrations.yml", 3, 5, "hosts.a.slots must be 1 or more, is 0"), "films/migrations.yml")
            .ShouldBe("::error file=films/migrations.yml,line=3,col=5,title=Manifest::hosts.a.slots must be 1 or more, is 0");

    [Theory]
    [InlineData("50 %", "50 %25")]
    [InlineData("%0A::add-mask::x", "%250A::add-mask::x")]
    [InlineData("one\n::error::two", "one%0A::error::two")]
    [InlineData("one\r::error::two\r\n", "one%0D::error::two%0D%0A")]
    public void A_message_cannot_begin_another_command(string message, string written) =>
        WorkflowCommand.Error(message).ShouldBe($"::error title=Manifest::{written}");

    [Fact]
    public void A_file_cannot_set_another_property() =>
        WorkflowCommand.Error(new ManifestProblem("", 1, 2, "wrong"), "a,title=x::y%\n.yml")
            .ShouldBe("::error file=a%2Ctitle=x%3A%3Ay%25%0A.yml,line=1,col=2,title=Manifest::wrong");
}
