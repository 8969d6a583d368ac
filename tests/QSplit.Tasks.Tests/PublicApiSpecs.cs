namespace QSplit.Tasks.Tests;

public sealed class PublicApiSpecs
{
    [Fact]
    public void What_build_scripts_use_changes_only_on_purpose() => PublicApi.ShouldBeApproved(typeof(MigrateTask).Assembly);
}
