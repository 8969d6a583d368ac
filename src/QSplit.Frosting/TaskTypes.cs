using System.Reflection;

namespace Cake.Frosting;

/// <summary>What the types of tasks say of themselves.</summary>
internal static class TaskTypes
{
    /// <summary>The exported concrete tasks, assembly by assembly.</summary>
    public static IEnumerable<Type> In(IEnumerable<Assembly> assemblies)
        => from assembly in assemblies
           from type in assembly.GetExportedTypes()
           where type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask))
           select type;

    public static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    /// <summary>The base class that gives a task its context.</summary>
    /// <exception cref="InvalidOperationException">It has none: Cake.Frosting knows no other tasks.</exception>
    public static Type BaseOf(Type task)
    {
        for (var type = task; type is not null; type = type.BaseType)
        {
            if (type.IsConstructedGenericType
                && (type.GetGenericTypeDefinition() == typeof(FrostingTask<>) || type.GetGenericTypeDefinition() == typeof(AsyncFrostingTask<>)))
            {
                return type;
            }
        }

        throw new InvalidOperationException(
            $"Task {task.FullName} implements {nameof(IFrostingTask)} without a base class; "
            + $"derive it from {nameof(FrostingTask)} or {nameof(AsyncFrostingTask)}.");
    }

    /// <summary>The names of the methods of <paramref name="baseType"/> that <paramref name="task"/> overrides.</summary>
    public static HashSet<string> Overrides(Type task, Type baseType)
        => [.. from method in task.GetMethods()
               where method.DeclaringType != baseType && method.GetBaseDefinition().DeclaringType == baseType
               select method.Name];
}
