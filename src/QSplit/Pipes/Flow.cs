using System.Collections.Immutable;

namespace QSplit.Pipes;

/// <summary>A value with the stages it is to go through: a description, which nothing has run yet.</summary>
/// <typeparam name="T">What comes out at the end.</typeparam>
public sealed class Flow<T>
{
    private readonly ImmutableArray<string> _names;
    private readonly Func<CancellationToken, Task<T>> _run;

    internal Flow(ImmutableArray<string> names, Func<CancellationToken, Task<T>> run) => (_names, _run) = (names, run);

    /// <summary>Adds a stage; the same as <c>this | stage</c>.</summary>
    public Flow<TNext> Then<TNext>(Stage<T, TNext> stage) =>
        new(_names.AddRange(stage.Names), async cancellationToken =>
            await stage.InvokeAsync(await _run(cancellationToken), cancellationToken));

    /// <summary>Runs the stages, each time anew. This is the only place where anything runs, and where the token enters.</summary>
    /// <exception cref="StageFailedException">A stage failed; the message names it and the inner exception is the reason.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<T> RunAsync(CancellationToken cancellationToken) => _run(cancellationToken);

    /// <summary>The chain, as it was written.</summary>
    public override string ToString() => string.Join(" >> ", _names);
}
