namespace QSplit.Runs;

/// <summary>A place for one rsync at a time.</summary>
/// <param name="Host">The host's name in the manifest.</param>
/// <param name="Number">From 1, on that host.</param>
public readonly record struct Slot(string Host, int Number) : IComparable<Slot>
{
    public int CompareTo(Slot other) => string.CompareOrdinal(Host, other.Host) is var byHost and not 0 ? byHost : Number.CompareTo(other.Number);

    public override string ToString() => $"{Host}/{Number}";

    public static bool operator <(Slot left, Slot right) => left.CompareTo(right) < 0;

    public static bool operator <=(Slot left, Slot right) => left.CompareTo(right) <= 0;

    public static bool operator >(Slot left, Slot right) => left.CompareTo(right) > 0;

    public static bool operator >=(Slot left, Slot right) => left.CompareTo(right) >= 0;
}
