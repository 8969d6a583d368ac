using QSplit.Scripts;

namespace QSplit.Transports;

/// <summary>The way to one host: this machine, or another by ssh.</summary>
internal interface ITransport : IAsyncDisposable
{
    /// <summary>Where it leads, for messages: <c>mover@dtn1.example.com</c>, <c>this machine</c>.</summary>
    string Place { get; }

    /// <summary>Runs a script on the host to its end. A host that cannot be reached is an outcome, not an exception.</summary>
    /// <param name="cancellationToken">Ends it in good order; what it runs is asked to end, then killed. Nothing is thrown.</param>
    /// <exception cref="StorageException">This machine cannot start a shell, or ssh.</exception>
    Task<ScriptEnd> RunAsync(Script script, Listener listener, CancellationToken cancellationToken);
}
