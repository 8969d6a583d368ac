namespace QSplit.Qumulo.Tests.Client;

public sealed class PublicApiSpecs
{
    [Fact]
    public void What_others_build_on_changes_only_on_purpose() => PublicApi.ShouldBeApproved(typeof(QumuloClient).Assembly);
}
