using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>Tells Cake's engine about tasks and lifetimes.</summary>
internal sealed class TaskWiring(
    ICakeEngine engine,
    IFrostingContext context,
    ICakeLog log,
    IEnumerable<IFrostingTask> tasks,
    IFrostingSetup? setup = null,
    IFrostingTeardown? teardown = null,
    IFrostingTaskSetup? taskSetup = null,
    IFrostingTaskTeardown? taskTeardown = null)
{
    public void Apply()
    {
        foreach (var task in tasks)
        {
            Add(task);
        }

        if (setup is not null)
        {
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        }

        if (teardown is not null)
        {
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        }

        if (taskSetup is not null)
        {
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        }

        if (taskTeardown is not null)
        {
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
        }
    }

    private void Add(IFrostingTask task)
    {
        var type = task.GetType();
        var baseType = TaskTypes.BaseOf(type);
        var wanted = baseType.GenericTypeArguments[0];
        if (!wanted.IsInstanceOfType(context))
        {
            log.Warning(
                "Task {0} is left out: it works with a {1}, and the context of this run is a {2}.",
                TaskTypes.NameOf(type), wanted.FullName, context.GetType().FullName);
            return;
        }

        var builder = engine.RegisterTask(TaskTypes.NameOf(type));
        if (type.GetCustomAttribute<TaskDescriptionAttribute>() is { } about)
        {
            builder.Description(about.Description);
        }

        AddActions(builder, task, TaskTypes.Overrides(type, baseType));
        AddDependencies(builder, type);
    }

    private void AddActions(CakeTaskBuilder builder, IFrostingTask task, HashSet<string> overrides)
    {
        // Without an action Cake counts a task as a mere name for its dependencies, and an error handler as the end of its errors.
        if (overrides.Contains(nameof(FrostingTask.Run)) || overrides.Contains(nameof(AsyncFrostingTask.RunAsync)))
        {
            builder.Does(task.RunAsync);
        }

        if (overrides.Contains(nameof(IFrostingTask.ShouldRun)))
        {
            builder.WithCriteria(task.ShouldRun, task.SkippedMessage);
        }

        if (task.GetType().IsDefined(typeof(ContinueOnErrorAttribute)))
        {
            builder.ContinueOnError();
        }

        if (overrides.Contains(nameof(IFrostingTask.OnError)))
        {
            builder.OnError(exception => task.OnError(exception, context));
        }

        if (overrides.Contains(nameof(IFrostingTask.Finally)))
        {
            builder.Finally(() => task.Finally(context));
        }
    }

    private static void AddDependencies(CakeTaskBuilder builder, Type type)
    {
        foreach (var dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
        {
            builder.IsDependentOn(TaskNameOf(dependency.Task, type));
        }

        foreach (var dependent in type.GetCustomAttributes<IsDependeeOfAttribute>())
        {
            builder.IsDependeeOf(TaskNameOf(dependent.Task, type));
        }
    }

    private static string TaskNameOf(Type type, Type namedBy)
        => type.IsAssignableTo(typeof(IFrostingTask))
            ? TaskTypes.NameOf(type)
            : throw new FrostingException($"Task {TaskTypes.NameOf(namedBy)} names {type.FullName} as a dependency, which is not a task.");
}
