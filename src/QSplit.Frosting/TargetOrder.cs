using Cake.Core;

namespace Cake.Frosting;

/// <summary>
/// Several targets run in the order of the command line, what they share once. Cake 7 makes one graph of them and runs what
/// does not depend on each other by name, Cutover before Sync; Cake 6 keeps the order and runs again what they share
/// (https://github.com/cake-build/cake/pull/4759).
/// </summary>
internal static class TargetOrder
{
    /// <summary>
    /// Makes all that a target adds to the run depend on the target before it; that closes no circle, for nothing earlier needs it.
    /// </summary>
    public static void Apply(IEnumerable<string> targets, IReadOnlyCollection<CakeTask> tasks)
    {
        var byName = tasks.ToDictionary(task => task.Name, StringComparer.OrdinalIgnoreCase);
        var reversed = tasks
            .SelectMany(task => task.Dependees, (task, dependee) => (task, dependee))
            .ToLookup(edge => edge.dependee.Name, edge => edge.task, StringComparer.OrdinalIgnoreCase);
        var settled = new HashSet<CakeTask>();
        CakeTask? previous = null;
        foreach (var target in targets.Select(name => byName[name]))
        {
            var added = new List<CakeTask>();
            Collect(target, added);
            if (previous is not null)
            {
                added.ForEach(task => task.Dependencies.Add(new CakeTaskDependency(previous.Name, required: true)));
            }

            previous = added.Count > 0 ? target : previous;
        }

        void Collect(CakeTask task, List<CakeTask> added)
        {
            if (settled.Add(task))
            {
                added.Add(task);
                var known = task.Dependencies.Select(one => byName.GetValueOrDefault(one.Name)).OfType<CakeTask>();
                foreach (var dependency in known.Concat(reversed[task.Name]))
                {
                    Collect(dependency, added);
                }
            }
        }
    }
}
