using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Tasks.Ci;
using QSplit.Transports;
using Spectre.Console;

namespace QSplit.Tasks;

/// <summary>What every task is given: the pipeline, the command line, and a way to run a flow under the program's one token.</summary>
public sealed class QSplitContext : FrostingContext, IAsyncDisposable
{
    private readonly Interruption _interruption;
    private readonly TextWriter _answers;
    private readonly ClusterConnector _clusters;
    private readonly HostConnections _hosts;
    private readonly Webhooks _webhooks;
    private readonly ManifestVerdict _verdict;
    private readonly IAsyncDisposable? _telemetry;

    public QSplitContext(ICakeContext context, Interruption interruption, Ending ending, IAnsiConsole console, WorkflowLog log) : base(context)
    {
        var directory = context.Environment.WorkingDirectory.FullPath;
        _interruption = interruption;
        _answers = console.Profile.Out.Writer;
        Ending = ending;
        Console = context.Log.Verbosity >= Verbosity.Normal ? console : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        _telemetry = Edge.Telemetry(System.Console.Error);
        _clusters = Edge.Connector(System.Console.Error);
        _hosts = Edge.Hosts();
        _webhooks = Edge.Webhooks();
        Pipeline = new MigrationPipeline(Edge.Surroundings(directory, Console, _clusters, _hosts, interruption.Reloads, _webhooks));
        Summary = Edge.StepSummary(System.Console.Error);
        _verdict = new ManifestVerdict(
            log.Command,
            Summary,
            CommandLine.One(context.Arguments, "code-quality") is { } file ? Path.GetFullPath(file, directory) : null,
            named => RepositoryPath.Of(named, directory, Edge.Checkout),
            System.Console.Error.WriteLine);
    }

    public MigrationPipeline Pipeline { get; }

    public Ending Ending { get; }

    /// <summary>Where tasks print what they found; silent at <c>--verbosity=quiet</c> and <c>minimal</c>.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>What the command line asks for.</summary>
    /// <exception cref="Manifests.ManifestException">It asks for something that there is not.</exception>
    public MigrationRequest Request => CommandLine.Request(Arguments);

    /// <summary>The cluster that the command line asks about.</summary>
    public ClusterRequest ClusterRequest => CommandLine.Cluster(Arguments);

    /// <summary>Prints the answer to what was asked, for other programs to read: at every verbosity.</summary>
    public void Answer(string line) => _answers.WriteLine(line);

    /// <summary>Prints a line as it is, neither folded nor read as markup.</summary>
    public void Say(string line) => Console.Profile.Out.Writer.WriteLine(line);

    /// <summary>Shows a file of Markdown on the page of the CI run, where there is one.</summary>
    public void Summarize(string path) => Summary.AddFile(path);

    /// <summary>Ends a task by what came of a run: shows it on the page of the CI run, where there is one.</summary>
    /// <exception cref="CommandFailedException">Something is left, or a verification found differences: the message says what, and how to go on.</exception>
    public void Conclude(RunSummary summary) => VerifyTask.Conclude([summary], this);

    /// <summary>What is shown on the page of the CI run.</summary>
    internal StepSummary Summary { get; }

    /// <summary>Cancelled when a signal asks the program to end.</summary>
    internal CancellationToken Interrupted => _interruption.Token;

    /// <summary>Waits until a signal asks the program to end.</summary>
    internal Task InterruptionAsync() => Task.Delay(Timeout.Infinite, Interrupted).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Signs out of the clusters, ends those that were emulated, and the connections to hosts; sends the last metrics and traces.</summary>
    public async ValueTask DisposeAsync()
    {
        _webhooks.Dispose();
        await _hosts.DisposeAsync();
        await _clusters.DisposeAsync();
        if (_telemetry is not null) await _telemetry.DisposeAsync();
    }

    /// <summary>Runs a flow; a signal to this process interrupts it.</summary>
    /// <remarks>What a user can mend (a manifest, a mount) is told in its own words, without the name of the stage that found it.</remarks>
    public async Task<T> RunAsync<T>(Flow<T> flow)
    {
        try
        {
            var result = await flow.RunAsync(_interruption.Token);
            _verdict.Right();
            return result;
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException("Interrupted: the same command goes on.", e);
        }
        catch (StageFailedException e) when (Ending.Unwrapped(e) is Manifests.ManifestException or StorageException or CommandFailedException)
        {
            if (Ending.Unwrapped(e) is Manifests.ManifestException wrong) _verdict.Wrong(wrong, Request.Manifest);
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(Ending.Unwrapped(e)!);
            throw;
        }
    }
}
