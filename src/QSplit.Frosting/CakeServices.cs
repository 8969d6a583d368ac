using Cake.Cli;
using Cake.Core.Configuration;
using Cake.Core.Tooling;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>What every host starts with.</summary>
internal static class CakeServices
{
    public static void AddCake(this IServiceCollection services) => services
        .AddCakeDiagnostics()
        .UseCakeDefaultModules()
        .AddSingleton<IToolInstaller, OnDemandToolInstaller>()
        .AddSingleton<ICakeConfiguration, HostConfiguration>()
        .AddSingleton<IVersionResolver, CakeVersion>()
        .AddSingleton<VersionFeature>()
        .AddSingleton<InfoFeature>()
        .AddSingleton<BuildScriptHost<IFrostingContext>>()
        .AddSingleton<DryRunScriptHost<IFrostingContext>>()
        .AddSingleton<TreeScriptHost>()
        .AddSingleton<DescriptionScriptHost>()
        .AddSingleton<FrostingContext>()
        .AddSingleton<IFrostingContext>(provider => provider.GetRequiredService<FrostingContext>())
        .AddSingleton<TaskWiring>();
}
