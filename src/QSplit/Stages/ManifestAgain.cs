using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Reports;

namespace QSplit.Stages;

/// <summary>The manifest, read again while a run goes on: hosts come and go; what a run cannot change on its way stays as it began.</summary>
internal static class ManifestAgain
{
    /// <summary>The new terms of the dispatch; null, with a word to the user, when the old ones stay.</summary>
    public static DispatchTerms? Read(RunSession session)
    {
        var (old, name) = (session.Job, session.Job.Migration.Name);
        try
        {
            var again = ReadManifest.Run(old.Request, session.Around).FirstOrDefault(job => job.Migration.Name == name);
            if (again is null)
            {
                session.Say($"the manifest was read again: it has no migration {name} any more. All stays as it was.");
                return null;
            }
            if (old.Terms.DifferencesTo(again.Terms) is { Count: > 0 } differences)
            {
                session.Say($"the manifest was read again, but a run cannot change on its way: {string.Join("; ", differences)}. All stays as it was.");
                return null;
            }
            session.Follow(again);
            session.Say($"the manifest was read again: {Humane.Count(again.Slots.Length, "slot", "slots")} on {string.Join(", ", again.Hosts.Select(Words))}.");
            return TermsOf(again);
        }
        catch (ManifestException e)
        {
            session.Say($"the manifest was read again, and is wrong; all stays as it was. {e.Message}");
            return null;
        }
    }

    /// <summary>What the dispatcher is to know of a migration.</summary>
    public static DispatchTerms TermsOf(Job job) => new(
        [.. job.Hosts.Select(h => new HostTerms(h.Name, h.Slots, h.Drain, h.Bandwidth?.BytesPerSecond))],
        job.Migration.Bandwidth?.BytesPerSecond,
        job.Migration.Patience,
        job.Migration.Window);

    private static string Words(Host host) => host.Drain ? $"{host.Name} (drains)" : host.Name;
}
