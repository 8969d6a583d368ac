using QSplit.Cutovers;
using QSplit.Manifests;

namespace QSplit.Tests.Cutovers;

/// <summary>What <c>--accept</c> means: a class, a class with a path, or a reason. A typing error in a class is never a reason that accepts everything.</summary>
public sealed class AcceptTermsSpecs
{
    [Theory]
    [InlineData("permission", "", "permission")]
    [InlineData("Permission,quota", "", "permission quota")]
    [InlineData("pathTooLong:./a/b c", "", "pathTooLong:./a/b c")]
    [InlineData("acl:a/b", "", "acl:./a/b")]
    [InlineData("acl:.", "", "acl")]
    [InlineData("caches that are made anew", "caches that are made anew", "")]
    [InlineData("note: nobody needs them", "note: nobody needs them", "")]
    [InlineData("https://tickets/17", "https://tickets/17", "")]
    [InlineData("OPS-17", "OPS-17", "")]
    [InlineData("quota:./b\nold mail\nacl", "old mail", "quota:./b acl")]
    public void A_value_is_a_class_a_class_with_a_path_or_a_reason(string values, string reason, string only)
    {
        var terms = AcceptTerms.Parse(values);

        (terms.Reason, string.Join(' ', terms.Only)).ShouldBe((reason, only));
    }

    [Theory]
    [InlineData("permision", "there is no class of exceptions 'permision'")]
    [InlineData(" ", "--accept needs a reason or a class")]
    [InlineData("caches", "A reason has more than one word")]
    [InlineData("permision:./a", "there is no class of exceptions 'permision'")]
    [InlineData("quota,acls", "there is no class of exceptions 'acls'")]
    [InlineData("quota:/a", "is not a path below the source")]
    [InlineData("quota:../a", "is not a path below the source")]
    [InlineData("quota: ", "there is no path behind the colon")]
    public void What_is_no_class_and_no_reason_is_an_error(string values, string why) =>
        Should.Throw<ManifestException>(() => AcceptTerms.Parse(values)).Message.ShouldContain(why);
}
