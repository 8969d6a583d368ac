#pragma warning disable
namespace Cake.Frosting;

public sealed class CakeHost
{
    public int Run(IEnumerable<string> args) => 0;
}
