using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Tooling;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>
/// Cake's installer, made when a tool is installed: the context of each run holds an installer, and making
/// Cake's own makes every package installer, NuGet's with its whole client among them.
/// </summary>
internal sealed class OnDemandToolInstaller(IServiceProvider provider) : IToolInstaller
{
    private readonly Lazy<ToolInstaller> _installer = new(() => ActivatorUtilities.CreateInstance<ToolInstaller>(provider));

    public IEnumerable<FilePath> Install(PackageReference tool) => _installer.Value.Install(tool);
}
