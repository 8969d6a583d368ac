using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>What a <see cref="CakeHost"/> can be told; where only one of a kind is used, the last one is.</summary>
public static class CakeHostExtensions
{
    /// <summary>Lets <typeparamref name="TStartup"/> register services.</summary>
    public static CakeHost UseStartup<TStartup>(this CakeHost host)
        where TStartup : IFrostingStartup, new()
        => With(host, new TStartup().Configure);

    /// <summary>Runs the tasks with a <typeparamref name="TContext"/>.</summary>
    public static CakeHost UseContext<TContext>(this CakeHost host)
        where TContext : class, IFrostingContext
        => With(host, services => services.UseContext<TContext>());

    /// <summary>Sets up before the first task and tears down after the last.</summary>
    public static CakeHost UseLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingLifetime
        => With(host, services => services.UseLifetime<TLifetime>());

    /// <summary>Sets up before the first task.</summary>
    public static CakeHost UseSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingSetup
        => With(host, services => services.UseSetup<TSetup>());

    /// <summary>Tears down after the last task.</summary>
    public static CakeHost UseTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTeardown
        => With(host, services => services.UseTeardown<TTeardown>());

    /// <summary>Sets up before and tears down after each task.</summary>
    public static CakeHost UseTaskLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingTaskLifetime
        => With(host, services => services.UseTaskLifetime<TLifetime>());

    /// <summary>Sets up before each task.</summary>
    public static CakeHost UseTaskSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingTaskSetup
        => With(host, services => services.UseTaskSetup<TSetup>());

    /// <summary>Tears down after each task.</summary>
    public static CakeHost UseTaskTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTaskTeardown
        => With(host, services => services.UseTaskTeardown<TTeardown>());

    /// <summary>Lets a Cake module register services.</summary>
    public static CakeHost UseModule<TModule>(this CakeHost host)
        where TModule : ICakeModule, new()
        => With(host, services => services.UseModule<TModule>());

    /// <summary>Installs tools with a <typeparamref name="TPackageInstaller"/> too, for the schemes it knows.</summary>
    public static CakeHost UsePackageInstaller<TPackageInstaller>(this CakeHost host)
        where TPackageInstaller : class, IPackageInstaller
        => With(host, services => services.UsePackageInstaller<TPackageInstaller>());

    /// <summary>Runs in <paramref name="path"/>, relative to the current directory, unless the command line says otherwise.</summary>
    public static CakeHost UseWorkingDirectory(this CakeHost host, DirectoryPath path)
        => With(host, services => services.UseWorkingDirectory(path));

    /// <summary>Gives a Cake setting a value, below environment, cake.config and command line.</summary>
    public static CakeHost UseCakeSetting(this CakeHost host, string key, string value)
        => With(host, services => services.UseCakeSetting(key, value));

    /// <summary>Installs tools under <paramref name="path"/>.</summary>
    public static CakeHost SetToolPath(this CakeHost host, DirectoryPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return host.UseCakeSetting("Paths_Tools", path.FullPath);
    }

    /// <summary>Installs a tool before the first task: <c>nuget:?package=...</c> or <c>dotnet:?package=...</c>.</summary>
    public static CakeHost InstallTool(this CakeHost host, Uri uri)
        => With(host, services => services.UseTool(uri));

    private static CakeHost With(CakeHost host, Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.ConfigureServices(services);
    }
}
