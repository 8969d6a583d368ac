using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>Finds tasks, wires them with what they ask for, and runs the ones the command line names.</summary>
public sealed class CakeHost
{
    private readonly ServiceCollection _services = [];
    private readonly List<Assembly> _assemblies = [];

    /// <summary>A host that knows Cake's own services and the tasks of the entry assembly.</summary>
    public CakeHost()
    {
        _services.AddCake();
        if (Assembly.GetEntryAssembly() is { } entry)
        {
            _assemblies.Add(entry);
        }
    }

    /// <summary>Adds the exported tasks of <paramref name="assembly"/>.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        _assemblies.Add(assembly);
        return this;
    }

    /// <summary>Adds or replaces services; the last registration of a type wins.</summary>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services(_services);
        return this;
    }

    /// <summary>Runs the targets that <paramref name="args"/> name; 0 when all went well, otherwise -1, with the reason logged.</summary>
    public int Run(IEnumerable<string> args)
    {
        ServiceCollection services = [.. _services];
        foreach (var task in TaskTypes.In(_assemblies))
        {
            services.AddSingleton(typeof(IFrostingTask), task);
        }

        var app = new CommandApp<HostCommand>().WithData(services);
        // So that --version=1.2.3 is an argument of the tasks, and --version alone asks for Cake's.
        app.Configure(configuration => configuration.Settings.ConvertFlagsToRemainingArguments = true);
        return app.Run(args);
    }
}
