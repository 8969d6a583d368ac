using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace QSplit.Pipes;

/// <summary>A named step from one value to the next. Describing it runs nothing: see <see cref="Flow{T}.RunAsync"/>.</summary>
/// <typeparam name="TIn">What the step takes.</typeparam>
/// <typeparam name="TOut">What it makes.</typeparam>
public sealed class Stage<TIn, TOut>
{
    private readonly Func<TIn, CancellationToken, Task<TOut>> _run;

    /// <summary>A stage of a function that neither waits nor touches anything.</summary>
    public Stage(Func<TIn, TOut> function, [CallerArgumentExpression(nameof(function))] string name = "")
        : this(StageName.From(name), (value, _) => Task.FromResult(function(value)))
    {
    }

    /// <summary>A stage of an asynchronous function, which is given the token of the run.</summary>
    public Stage(Func<TIn, CancellationToken, Task<TOut>> function, [CallerArgumentExpression(nameof(function))] string name = "")
        : this(StageName.From(name), function)
    {
    }

    /// <summary>Not to be used: without the token such a stage could not be cancelled.</summary>
    [Obsolete("An async stage takes (value, cancellationToken).", error: true)]
    public Stage(Func<TIn, Task<TOut>> function) => throw new NotSupportedException($"{function.Method.Name} takes no token.");

    private Stage(string name, Func<TIn, CancellationToken, Task<TOut>> function)
    {
        Names = [name];
        _run = (value, cancellationToken) => RunSpannedAsync(name, function, value, cancellationToken);
    }

    private Stage(ImmutableArray<string> names, Func<TIn, CancellationToken, Task<TOut>> run) => (Names, _run) = (names, run);

    /// <summary>The names of the steps, in order; a joined stage has several.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Joins a stage behind this one; the same as <c>this >> next</c>.</summary>
    public Stage<TIn, TNext> Then<TNext>(Stage<TOut, TNext> next) =>
        new(Names.AddRange(next.Names), async (value, cancellationToken) =>
            await next.InvokeAsync(await _run(value, cancellationToken), cancellationToken));

    /// <summary>Moves a value in; the same as <c>value | this</c>.</summary>
    public Flow<TOut> Start(TIn value) => new(Names, cancellationToken => InvokeAsync(value, cancellationToken));

    /// <summary>The same stage with <paramref name="around"/> about it, such as a lock that is held while it runs.</summary>
    public Stage<TIn, TOut> Within(Func<TIn, Func<CancellationToken, Task<TOut>>, CancellationToken, Task<TOut>> around) =>
        new(Names, (value, cancellationToken) => around(value, token => InvokeAsync(value, token), cancellationToken));

    /// <summary>As <see cref="Within(Func{TIn, Func{CancellationToken, Task{TOut}}, CancellationToken, Task{TOut}})"/>, where what is about it says of what value it runs.</summary>
    internal Stage<TIn, TOut> Within(Func<TIn, Func<TIn, CancellationToken, Task<TOut>>, CancellationToken, Task<TOut>> around) =>
        new(Names, (value, cancellationToken) => around(value, InvokeAsync, cancellationToken));

    /// <summary>The same stage as one span, within which those of its steps lie.</summary>
    /// <param name="begun">Says more of the span.</param>
    internal Stage<TIn, TOut> AsSpan(string name, Action<Activity, TIn>? begun = null) => Within((value, run, cancellationToken) =>
        Spans.AroundAsync(name, span => begun?.Invoke(span, value), run, cancellationToken));

    /// <summary>This stage for each of several values, one after another, in their order.</summary>
    public Stage<ImmutableArray<TIn>, ImmutableArray<TOut>> ForEach() =>
        new([$"each({this})"], async (values, cancellationToken) =>
        {
            var results = ImmutableArray.CreateBuilder<TOut>(values.Length);
            foreach (var value in values) results.Add(await InvokeAsync(value, cancellationToken));
            return results.MoveToImmutable();
        });

    /// <summary>This stage for the sake of what it does: once it has ended, what it was given goes on to the next.</summary>
    public Stage<TIn, TIn> Passing() =>
        new([$"passing({this})"], async (value, cancellationToken) =>
        {
            _ = await InvokeAsync(value, cancellationToken);
            return value;
        });

    /// <summary>The chain, as it was written: <c>Read >> Survey >> Partition</c>.</summary>
    public override string ToString() => string.Join(" >> ", Names);

    public static Flow<TOut> operator |(TIn value, Stage<TIn, TOut> stage) => stage.Start(value);

    public static Flow<TOut> operator |(Flow<TIn> flow, Stage<TIn, TOut> stage) => flow.Then(stage);

    internal Task<TOut> InvokeAsync(TIn value, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _run(value, cancellationToken);
    }

    private static async Task<TOut> RunSpannedAsync(
        string name, Func<TIn, CancellationToken, Task<TOut>> function, TIn value, CancellationToken cancellationToken)
    {
        try
        {
            return await Spans.AroundAsync(name, _ => { }, token => function(value, token), cancellationToken);
        }
        // A flow within a stage has named the stage already.
        catch (Exception e) when (e is not StageFailedException && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new StageFailedException(name, e);
        }
    }
}
