namespace QSplit.Tasks.Tests;

public sealed class FrostingCommandLineSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task I_can_run_the_default_target_with_what_it_depends_on()
    {
        var run = await SampleRun.OfAsync();

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["Fetch", "Compile"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("--target=Check")]
    [InlineData("--target", "check")]
    [InlineData("-t", "CHECK")]
    public async Task I_can_name_a_target_whatever_its_case(params string[] args)
    {
        var run = await SampleRun.OfAsync(args);

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["Fetch", "Check"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Two_targets_run_in_order_and_what_both_depend_on_runs_once()
    {
        var run = await SampleRun.OfAsync("--target=Compile-All", "--target=Check");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["Fetch", "Compile", "Check"]);
        (await SampleRun.OfAsync("--target=Check", "--target=Compile-All")).Journal.ShouldBe(["Fetch", "Check", "Compile"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task All_that_a_target_needs_comes_after_the_targets_before_it()
    {
        var run = await SampleRun.OfAsync("--target=Late", "--target=Default", "--target=Check");

        run.Journal.ShouldBe(["Early", "Late", "Fetch", "Compile", "Check"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_another_one_needs_runs_once_and_first()
    {
        (await SampleRun.OfAsync("--target=Check", "--target=Fetch", "--target=check")).Journal.ShouldBe(["Fetch", "Check"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("-e")]
    [InlineData("--exclusive")]
    public async Task An_exclusive_target_runs_without_what_it_depends_on(string option)
    {
        var run = await SampleRun.OfAsync("--target=Check", option);

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["Check"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_unknown_target_is_an_error_that_names_the_known_ones_and_runs_nothing()
    {
        var run = await SampleRun.OfAsync("--target=Check", "--target=Chekc");

        run.ExitCode.ShouldBe(-1);
        run.Journal.ShouldBeEmpty();
        run.Output.ShouldContain("The target 'Chekc' was not found. Known targets: ");
        run.Output.ShouldContain("Check, Compile-All, Default, Early");
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_description_lists_names_and_descriptions_and_runs_nothing()
    {
        var run = await SampleRun.OfAsync("--description");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBeEmpty();
        run.Output.Split('\n').ShouldContain(line => line.Contains("Compile-All") && line.Contains("Compiles what was fetched."));
        run.Output.Split('\n').ShouldContain(line => line.Contains("Fetch") && line.Contains("Fetches what is to be compiled."));
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_tree_shows_what_depends_on_what_and_runs_nothing()
    {
        var run = await SampleRun.OfAsync("--tree");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBeEmpty();
        var lines = run.Output.Split('\n').Select(line => line.TrimEnd()).ToList();
        lines.Skip(lines.IndexOf("Default")).Take(3).ShouldBe(["Default", "└─Compile-All", "   └─Fetch"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_dry_run_names_the_tasks_in_order_and_runs_none()
    {
        var run = await SampleRun.OfAsync("--target=Compile-All", "--dryrun");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBeEmpty();
        run.Output.ShouldContain("1. Fetch");
        run.Output.ShouldContain("2. Compile-All");
        run.Output.ShouldNotContain("Check");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("quiet", false, false)]
    [InlineData("normal", true, false)]
    [InlineData("diagnostic", true, true)]
    public async Task Verbosity_decides_how_much_is_said(string verbosity, bool plain, bool whispered)
    {
        var run = await SampleRun.OfAsync("--target=Speak", $"--verbosity={verbosity}");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("loud");
        run.Output.Contains("plain").ShouldBe(plain);
        run.Output.Contains("whispered").ShouldBe(whispered);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("--manifest=a.yml")]
    [InlineData("--manifest", "a.yml")]
    public async Task An_option_that_is_not_the_hosts_is_an_argument_of_the_tasks(params string[] option)
    {
        var run = await SampleRun.OfAsync(["--target=Ask", .. option]);

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["a.yml"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_argument_may_be_given_more_than_once()
    {
        var run = await SampleRun.OfAsync("--manifest=a.yml", "--target=Ask", "--manifest=b.yml");

        run.Journal.ShouldBe(["a.yml and b.yml"]);
    }
}
