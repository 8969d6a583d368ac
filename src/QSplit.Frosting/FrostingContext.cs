using Cake.Core;

namespace Cake.Frosting;

/// <summary>What the tasks of a run share.</summary>
public interface IFrostingContext : ICakeContext
{
}

/// <summary>Cake's own context, to be derived from.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext
{
}
