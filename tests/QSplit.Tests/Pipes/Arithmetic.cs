using QSplit.Pipes;

namespace QSplit.Tests.Pipes;

/// <summary>Steps that are easy to follow, and remember that they ran.</summary>
internal sealed class Arithmetic
{
    public List<string> Ran { get; } = [];

    public Stage<int, int> Double => new(Twice);

    public Stage<int, int> Next => new(IncrementAsync);

    public Stage<int, string> Write => new(value => $"{value}");

    public int Twice(int value)
    {
        Ran.Add(nameof(Twice));
        return value * 2;
    }

    public async Task<int> IncrementAsync(int value, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Ran.Add("Increment");
        return value + 1;
    }
}
