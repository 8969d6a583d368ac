using Cake.Core;
using Cake.Core.Composition;
using Cake.Core.Configuration;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using QSplit.Tasks.Tests.Host;
using Path = System.IO.Path;

namespace QSplit.Tasks.Tests;

public sealed class FrostingHostSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_program_has_the_tasks_of_its_own_assembly()
    {
        var run = await SampleRun.OfProgramAsync(Path.GetTempPath(), "--target=Check");

        run.ExitCode.ShouldBe(0, run.Output);
        run.Journal.ShouldBe(["Fetch", "Check"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_that_fails_exits_with_255()
    {
        (await SampleRun.OfProgramAsync(Path.GetTempPath(), "--target=Fail")).ExitCode.ShouldBe(255);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("--working=inner")]
    [InlineData("-w", "inner")]
    public async Task I_can_say_where_to_run(params string[] option)
    {
        var directory = Directory.CreateTempSubdirectory("qsplit-");
        var inner = directory.CreateSubdirectory("inner");

        var run = await SampleRun.OfProgramAsync(directory.FullName, ["--target=Where", .. option]);
        directory.Delete(recursive: true);

        run.Journal.ShouldBe([inner.FullName]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_working_directory_that_is_not_there_is_an_error()
    {
        var run = await SampleRun.OfAsync("--target=Where", "--working=/not/there");

        run.ExitCode.ShouldBe(-1);
        run.Journal.ShouldBeEmpty();
        run.Output.ShouldContain("The working directory '/not/there' does not exist.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_working_directory_in_code_yields_to_the_command_line()
    {
        var run = await SampleRun.OfAsync(
            host => host.UseWorkingDirectory("/not/there"), "--target=Where", $"--working={Environment.CurrentDirectory}");

        run.Journal.ShouldBe([Environment.CurrentDirectory]);
        (await SampleRun.OfAsync(host => host.UseWorkingDirectory("/not/there"), "--target=Where")).ExitCode.ShouldBe(-1);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("--version", "7.0.0")]
    [InlineData("--info", "Version: 7.0.0")]
    public async Task I_can_ask_which_Cake_this_is(string option, string answer)
    {
        var run = await SampleRun.OfAsync(option);

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBeEmpty();
        run.Output.ShouldContain(answer);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("--verbosity=loud", "Verbosity")]
    [InlineData("stray", "stray")]
    public async Task A_command_line_that_makes_no_sense_is_an_error(string argument, string said)
    {
        var run = await SampleRun.OfProgramAsync(Path.GetTempPath(), argument);

        run.ExitCode.ShouldNotBe(0);
        run.Journal.ShouldBeEmpty();
        run.Output.ShouldContain(said);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_startup_and_a_module_may_register_what_tasks_ask_for()
    {
        var run = await SampleRun.OfAsync(host => host.UseStartup<Startup>().UseModule<Module>(), "--target=Check");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["Setup of Fetch", "Fetch", "Teardown of Fetch", "Setup of Check", "Check", "Teardown of Check"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_setting_in_code_yields_to_the_command_line()
    {
        var configuration = new List<string>();
        void Configure(CakeHost host) => host.UseCakeSetting("Sample_Colour", "red").SetToolPath("/opt/tools")
            .ConfigureServices(services => services.AddSingleton<IFrostingSetup>(provider => new Reader(
                provider.GetRequiredService<ICakeConfiguration>(), configuration)));

        await SampleRun.OfAsync(Configure, "--target=Fetch");
        await SampleRun.OfAsync(Configure, "--target=Fetch", "--sample_colour=blue");

        configuration.ShouldBe(["red in /opt/tools", "blue in /opt/tools"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_tool_is_installed_before_the_tasks_run()
    {
        var run = await SampleRun.OfAsync(
            host => host.UsePackageInstaller<Installer>().InstallTool(new Uri("sample:?package=rsync")), "--target=Fetch");

        run.ExitCode.ShouldBe(0, run.Output);
        run.Journal.ShouldBe(["Install rsync as Tool", "Fetch"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_that_installs_nothing_does_not_load_the_NuGet_client()
    {
        var run = await SampleRun.OfProgramAsync(Path.GetTempPath(), "--target=Loaded");

        run.Journal.ShouldContain("Cake.Core");
        run.Journal.ShouldNotContain(name => name.StartsWith("NuGet.", StringComparison.Ordinal));
    }

    private sealed class Startup : IFrostingStartup
    {
        public void Configure(IServiceCollection services) => services.UseTaskSetup<SampleTaskSetup>();
    }

    private sealed class Module : ICakeModule
    {
        public void Register(ICakeContainerRegistrar registrar)
            => registrar.RegisterType<SampleTaskTeardown>().As<IFrostingTaskTeardown>().Singleton();
    }

    private sealed class Reader(ICakeConfiguration configuration, List<string> read) : IFrostingSetup
    {
        public void Setup(ICakeContext context, ISetupContext info)
            => read.Add($"{configuration.GetValue("Sample_Colour")} in {configuration.GetValue("Paths_Tools")}");
    }

    private sealed class Installer(Journal journal, IFileSystem files) : IPackageInstaller
    {
        public bool CanInstall(PackageReference package, PackageType type) => package.Scheme == "sample";

        public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path)
        {
            journal.Add($"Install {package.Package} as {type}");
            return [files.GetFile(new FilePath("/bin/sh"))];
        }
    }
}
