using Cake.Core;

namespace Cake.Frosting;

/// <summary>Comes before the first task, in a dry run too; if it fails no task runs, and the teardown still does.</summary>
public interface IFrostingSetup
{
    void Setup(ICakeContext context, ISetupContext info);
}

/// <summary>Comes after the last task, in a dry run too, whether the run succeeded or not.</summary>
public interface IFrostingTeardown
{
    void Teardown(ICakeContext context, ITeardownContext info);
}

/// <summary>Both ends of a run.</summary>
public interface IFrostingLifetime : IFrostingSetup, IFrostingTeardown
{
}
