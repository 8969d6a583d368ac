using Cake.Core;

namespace Cake.Frosting;

/// <summary>The targets of a run: what Cake says of an unknown one does not name those there are.</summary>
internal static class Targets
{
    /// <exception cref="FrostingException">A target is not the name of a task, whatever its case.</exception>
    public static void EnsureKnown(IEnumerable<string> targets, IEnumerable<ICakeTaskInfo> tasks)
    {
        var known = tasks.Select(task => task.Name).Order(StringComparer.OrdinalIgnoreCase).ToArray();
        var unknown = targets.Except(known, StringComparer.OrdinalIgnoreCase).Select(target => $"'{target}'").ToArray();
        if (unknown.Length > 0)
        {
            var subject = unknown.Length > 1 ? $"The targets {string.Join(", ", unknown)} were" : $"The target {unknown[0]} was";
            throw new FrostingException(known.Length > 0
                ? $"{subject} not found. Known targets: {string.Join(", ", known)}. What they do: --description"
                : $"{subject} not found. There are no tasks in the assemblies of this host.");
        }
    }
}
