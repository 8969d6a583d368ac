using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace QSplit.Transfers;

/// <summary>How one attempt ended, by what is to be done about it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Partial), "partial")]
[JsonDerivedType(typeof(NoSpace), "noSpace")]
[JsonDerivedType(typeof(DeleteLimit), "deleteLimit")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Transient), "transient")]
[JsonDerivedType(typeof(HostUnfit), "hostUnfit")]
[JsonDerivedType(typeof(Interrupted), "interrupted")]
public abstract record TransferOutcome
{
    private TransferOutcome()
    {
    }

    /// <summary>Everything is across, but for entries that were gone before they could be read.</summary>
    public sealed record Succeeded(int Vanished) : TransferOutcome;

    /// <summary>Some entries are not across (rsync 23), so the bucket is not done.</summary>
    /// <param name="Failures">Each with its reason; all of them when <paramref name="Complete"/>.</param>
    /// <param name="Complete">Whether every failure is named by a path: then a retry of those paths is enough.</param>
    public sealed record Partial(ImmutableArray<FailedEntry> Failures, bool Complete) : TransferOutcome
    {
        /// <summary>Why more may be left than is named, such as a line of rsync that names no entry; empty for none.</summary>
        public string Words { get; init; } = "";

        /// <summary>Whether rsync gave up at the entries that are named: the next attempt leaves them out.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool GaveUp { get; init; }

        public bool Equals(Partial? other) => other is not null && Complete == other.Complete && Failures.SequenceEqual(other.Failures);

        public override int GetHashCode() => HashCode.Combine(Failures.Length, Complete);
    }

    /// <summary>The target has no space, inodes or quota left: the run stops at once.</summary>
    public sealed record NoSpace(string Message) : TransferOutcome;

    /// <summary>The limit on deletions was reached (rsync 25).</summary>
    public sealed record DeleteLimit(string Message) : TransferOutcome;

    /// <summary>rsync does not take what it was told, or not here (1, 3, 4): no retry would help, the run stops.</summary>
    public sealed record Refused(int ExitCode, string Message) : TransferOutcome;

    /// <summary>The host's or the network's fault: to be tried again, elsewhere if there is an elsewhere.</summary>
    public sealed record Transient(int ExitCode, string Message) : TransferOutcome;

    /// <summary>The host cannot do any bucket as it is: its source is not the planned tree, say, or it has no rsync. No fault of the bucket's.</summary>
    public sealed record HostUnfit(string Message) : TransferOutcome;

    /// <summary>Ended because the run was; says nothing about the bucket.</summary>
    public sealed record Interrupted : TransferOutcome;
}

/// <summary>An entry that could not be copied, or not with all its attributes.</summary>
/// <param name="Path">Below the source, as <see cref="Trees.EntryPath.ToString"/> writes it.</param>
/// <param name="Reason">In the system's words: <c>Permission denied (13)</c>.</param>
public sealed record FailedEntry(string Path, string Reason)
{
    /// <summary>Why, as far as it decides what helps; unknown in runs of earlier versions.</summary>
    public ExceptionClass Class { get; init; }

    /// <summary>Whether it was left out of the attempt, because rsync would have given up at it or done harm.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Skipped { get; init; }
}
