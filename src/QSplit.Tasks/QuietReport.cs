using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace QSplit.Tasks;

/// <summary>Cake's table of tasks, but for <c>--verbosity=quiet</c>: what a task answers is then all that is printed.</summary>
public sealed class QuietReport(ICakeReportPrinter printer, ICakeLog log) : ICakeReportPrinter
{
    /// <summary>Puts it around the printer that is registered.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(ICakeReportPrinter));
        services.AddSingleton<ICakeReportPrinter>(provider => new QuietReport(Made(registered, provider), provider.GetRequiredService<ICakeLog>()));
    }

    public void Write(CakeReport report)
    {
        if (log.Verbosity > Verbosity.Quiet) printer.Write(report);
    }

    public void WriteStep(string name, Verbosity verbosity) => printer.WriteStep(name, verbosity);

    public void WriteLifeCycleStep(string name, Verbosity verbosity) => printer.WriteLifeCycleStep(name, verbosity);

    public void WriteSkippedStep(string name, Verbosity verbosity) => printer.WriteSkippedStep(name, verbosity);

    private static ICakeReportPrinter Made(ServiceDescriptor registered, IServiceProvider provider) => (ICakeReportPrinter)(
        registered.ImplementationInstance
        ?? registered.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!));
}
