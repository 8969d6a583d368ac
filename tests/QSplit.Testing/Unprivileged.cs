namespace QSplit.Testing;

/// <summary>Lets a test that runs as root see what others see.</summary>
public static class Unprivileged
{
    private const uint Nobody = 65534;

    /// <summary>
    /// Runs something on a thread that has nobody's rights to files, and so have the threads that it starts itself. Linux keeps that identity by
    /// thread (setfsuid(2)); with another than root's go the capabilities that override modes.
    /// </summary>
    public static Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        var result = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            if (ByteFiles.IsRoot) _ = Libc.setfsuid(Nobody);
            try
            {
                result.SetResult(run());
            }
            catch (Exception problem)
            {
                result.SetException(problem);
            }
        });
        thread.Start();
        return result.Task.Unwrap();
    }
}
