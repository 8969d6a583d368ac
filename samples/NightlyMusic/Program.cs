using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using QSplit.Tasks;
using Spectre.Console;

using var interruption = Interruption.OnSignals();
using var log = WorkflowLog.Begin();
var ending = new Ending();
var code = new CakeHost()
    .AddAssembly(typeof(MigrateTask).Assembly)
    .UseContext<QSplitContext>()
    .UseLifetime<QSplitLifetime>()
    .ConfigureServices(QuietReport.AddTo)
    .ConfigureServices(services => services.AddSingleton(interruption).AddSingleton(ending).AddSingleton(log).AddSingleton(AnsiConsole.Console))
    .Run(CommandLine.ForCake(args));
return ending.Conclude(code, Console.Out, Console.Error);
