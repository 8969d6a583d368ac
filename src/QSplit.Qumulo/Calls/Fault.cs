using System.Net;

namespace QSplit.Qumulo.Calls;

/// <summary>Why a call has no value.</summary>
internal abstract record Fault
{
    private Fault()
    {
    }

    public required string Address { get; init; }

    /// <summary>How often the call was sent in all.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>Whether the same call may do better later.</summary>
    public abstract bool MayPass { get; }

    /// <summary>Whether the cluster may have done what it was asked.</summary>
    public virtual bool MayHaveArrived => false;

    /// <summary>Whether it is this address that does not work, and another may.</summary>
    public virtual bool OfAddress => false;

    /// <summary>The cluster answered, with a status that is not a success.</summary>
    /// <param name="Class">Such as <c>fs_no_such_entry_error</c>; null when the body does not say.</param>
    public sealed record Answered(HttpStatusCode Status, string? Class, string? Description, TimeSpan? RetryAfter) : Fault
    {
        public override bool MayPass => (int)Status is 429 or 500 or 502 or 503 or 504;

        // Both say that nothing was begun.
        public override bool MayHaveArrived => (int)Status is not (429 or 503);

        /// <summary>The path was looked for and is not there, which is not the same as a call that this server does not know.</summary>
        public bool IsNoSuchEntry => IsStale
            || (Status == HttpStatusCode.NotFound && Class is "fs_no_such_entry_error" or "fs_no_such_path_error" or "fs_no_such_inode_error");

        /// <summary>The snapshot that was asked for has expired, or was deleted.</summary>
        public bool IsNoSuchSnapshot => Status == HttpStatusCode.NotFound && Class?.Contains("snapshot_not_found", StringComparison.Ordinal) == true;

        /// <summary>This version of the server has another generation of the API.</summary>
        public bool IsNoSuchCall => Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed && !IsOfEntry;

        public bool IsNotADirectory => Class == "fs_not_a_directory_error" || IsLink;

        /// <summary>The entry is a symbolic link, or the path leads through one.</summary>
        public bool IsLink => Class is "fs_directory_is_symlink_error" or "fs_file_is_symlink_error" or "fs_symlink_loop_error";

        /// <summary>The entry was replaced while it was looked at.</summary>
        public bool IsStale => Class is "fs_file_dirent_id_stale_error" or "fs_opened_file_stale_error" or "fs_no_such_file_version_error";

        /// <summary>The directory is one of another cluster, which this one shows.</summary>
        public bool IsPortal => Class?.StartsWith("fs_", StringComparison.Ordinal) == true && Class.Contains("portal", StringComparison.Ordinal);

        public bool IsNotCovered => Class == "fs_file_not_covered_by_snapshot_error";

        public bool IsTooLong => Class is "fs_file_path_invalid_error" or "fs_path_size_error";

        /// <summary>It is about this entry alone: others can be asked about.</summary>
        public bool IsOfEntry => (int)Status is >= 400 and < 500 and not 429 && Class?.StartsWith("fs_", StringComparison.Ordinal) == true;
    }

    /// <summary>No connection came about.</summary>
    /// <param name="Unknown">Whether name servers know no such host: waiting does not help.</param>
    public sealed record Unreachable(string Why, bool Unknown) : Fault
    {
        public override bool MayPass => !Unknown;

        public override bool OfAddress => true;
    }

    /// <summary>No connection within the time for it.</summary>
    public sealed record ConnectTimeout(TimeSpan After) : Fault
    {
        public override bool MayPass => true;

        public override bool OfAddress => true;
    }

    /// <summary>A connection, but not a word for too long.</summary>
    public sealed record Silence(TimeSpan After) : Fault
    {
        /// <summary>Whether the cluster works on the answer for longer than it may: it would do so again, at any address.</summary>
        public bool IsOfTheAnswer { get; init; }

        public override bool MayPass => !IsOfTheAnswer;

        public override bool MayHaveArrived => true;

        public override bool OfAddress => !IsOfTheAnswer;
    }

    /// <summary>The connection ended before the answer did.</summary>
    public sealed record BrokenOff(string Why) : Fault
    {
        public override bool MayPass => true;

        public override bool MayHaveArrived => true;
    }

    /// <summary>The answer is a success, but not JSON as the API sends it; cut off in the middle most likely.</summary>
    public sealed record Garbled(string Why) : Fault
    {
        public override bool MayPass => true;

        public override bool MayHaveArrived => true;
    }

    /// <summary>The answer is longer than any should be.</summary>
    public sealed record TooLong(long Limit) : Fault
    {
        public override bool MayPass => false;

        public override bool MayHaveArrived => true;
    }

    /// <summary>There is no telling who answers: nothing was sent.</summary>
    /// <param name="Why">Sentences: why, and what to try.</param>
    public sealed record Untrusted(string Why) : Fault
    {
        public override bool MayPass => false;
    }
}
