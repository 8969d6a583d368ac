using Cake.Frosting;

namespace QSplit.Tasks.Tests;

public sealed class FrostingApiSpecs
{
    [Fact]
    public void The_public_api_of_Frosting_is_the_approved_one() => PublicApi.ShouldBeApproved(typeof(CakeHost).Assembly);
}
