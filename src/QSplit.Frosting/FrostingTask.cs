using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task that works with Cake's own context.</summary>
public abstract class FrostingTask : FrostingTask<ICakeContext>
{
}

/// <summary>A task that works with a context of its own kind; only what is overridden takes part in the run.</summary>
public abstract class FrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    public virtual void Run(T context)
    {
    }

    public virtual bool ShouldRun(T context) => true;

    /// <summary>Handles the failure of the task: the run goes on as if it had succeeded, unless this throws.</summary>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Comes last, whether the task succeeded or not.</summary>
    public virtual void Finally(T context)
    {
    }

    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        Run((T)context);
        return Task.CompletedTask;
    }

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun((T)context);

    void IFrostingTask.OnError(Exception exception, ICakeContext context) => OnError(exception, (T)context);

    void IFrostingTask.Finally(ICakeContext context) => Finally((T)context);
}
