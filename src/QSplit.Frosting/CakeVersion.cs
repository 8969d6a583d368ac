using System.Reflection;
using Cake.Cli;
using Cake.Core;

namespace Cake.Frosting;

/// <summary>The version of the Cake that runs; Cake.Cli's own resolver looks at the entry assembly, and finds none in a host.</summary>
internal sealed class CakeVersion : IVersionResolver
{
    private static readonly Assembly Cake = typeof(ICakeEngine).Assembly;

    public string GetVersion() => Cake.GetName().Version!.ToString(3);

    public string GetProductVersion()
        => Cake.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? GetVersion();
}
