using QSplit.Stages;

namespace QSplit.Tests;

public sealed class PublicApiSpecs
{
    [Fact]
    public void What_task_authors_build_on_changes_only_on_purpose() => PublicApi.ShouldBeApproved(typeof(MigrationPipeline).Assembly);
}
