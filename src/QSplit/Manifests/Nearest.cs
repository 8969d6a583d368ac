namespace QSplit.Manifests;

/// <summary>Finds what was probably meant by a name that is not known.</summary>
internal static class Nearest
{
    /// <summary>The end of a sentence: <c>; did you mean 'slots'?</c>, or the list of all <paramref name="known"/> when none is near.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> known, string none)
    {
        // The table of distances is as large as both names together: none for what is no name.
        var near = name.Length > 100 ? null : known.Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(1, Math.Max(name.Length, pair.candidate.Length) / 3))
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
        return near is not null ? $"; did you mean '{near}'?"
            : known.Count == 0 ? $"; {none}"
            : $"; known are {string.Join(", ", known.Take(20))}{(known.Count > 20 ? ", ..." : "")}";
    }

    /// <summary>How many letters must be put in, left out, changed or swapped with the next (optimal string alignment), case aside.</summary>
    public static int Distance(string left, string right)
    {
        (left, right) = (left.ToUpperInvariant(), right.ToUpperInvariant());
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = left[i - 1] == right[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[left.Length, right.Length];
    }
}
