using QSplit.Manifests;
using QSplit.Notices;
using QSplit.Pipes;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>A stage about which those are told whom the manifest names: that it begins, that it stands still, and what came of it. Within another such stage it tells nothing of its own.</summary>
internal static class Notifying
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Somebody waits at the terminal, or a service manager with a kill.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <param name="mode">What the runs in it do; null for those of a cutover.</param>
    /// <param name="outcome">What there is to tell of the result; null for nothing.</param>
    public static Stage<Job, T> Around<T>(Stage<Job, T> stage, RunMode? mode, Func<T, DateTimeOffset, Notice?> outcome, Surroundings around) =>
        stage.Within(async (job, run, token) =>
        {
            if (job.Notices is not null || !job.Manifest.NotificationsOf(job.Migration).Any()) return await run(job, token);
            using var notices = NotifierOf(job, around);
            try
            {
                var result = await run(job with { Notices = notices }, token);
                if (outcome(result, around.Time.GetUtcNow()) is { } notice) notices.Notify(notice);
                return result;
            }
            catch (Exception e)
            {
                if (WhyBroken(e, notices.HasBegun) is { } why) notices.Notify(NoticeOf.Broken(job.Migration.Name, null, mode, why, mode is { } known ? job.CommandOf(known) : job.CommandFor("Cutover"), around.Time.GetUtcNow()));
                throw;
            }
            finally
            {
                await notices.EndAsync(token.IsCancellationRequested ? Farewell : Patience);
            }
        });

    private static Notifier NotifierOf(Job job, Surroundings around)
    {
        var program = new ToldProgram(around.Time, around.Environment);
        return new Notifier(
            job.Manifest.NotificationsOf(job.Migration),
            (to, notice, token) => to switch
            {
                Recipient.Program told => program.TellAsync(told.Line, notice, token),
                Recipient.Webhook hook => around.Post(hook.Url, notice.ToJson(), token),
                _ => throw new InvalidOperationException($"Nobody knows how to tell {to.GetType().Name}."),
            },
            around.View.Say,
            around.Time);
    }

    // Whoever typed what cannot be begun reads so at once: nobody else is to be woken by it.
    private static string? WhyBroken(Exception thrown, bool hasBegun)
    {
        while (thrown is StageFailedException { InnerException: { } inner }) thrown = inner;
        return thrown switch
        {
            OperationCanceledException => "interrupted.",
            ManifestException when !hasBegun => null,
            ManifestException or StorageException or CommandFailedException => thrown.Message,
            // What nobody foresaw is not known to be free of secrets.
            _ => $"ended by a mistake of this program ({thrown.GetType().Name}); its output says more.",
        };
    }
}
