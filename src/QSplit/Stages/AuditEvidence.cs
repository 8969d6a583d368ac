using QSplit.Evidence;
using QSplit.Processes;

namespace QSplit.Stages;

/// <summary>Checks the evidence of a cutover.</summary>
internal static class AuditEvidence
{
    /// <exception cref="StorageException">It is not there or cannot be read, or its signature not be checked.</exception>
    public static Task<EvidenceAudit> RunAsync(EvidenceTerms terms, Surroundings around, CancellationToken cancellationToken) =>
        Auditor.RunAsync(terms, Keygen(around), cancellationToken);

    /// <summary>The system's ssh-keygen, as a run sees it.</summary>
    internal static SshKeygen Keygen(Surroundings around) => new(new Supervisor(around.Time, TimeSpan.FromSeconds(5)), around.Environment);
}
