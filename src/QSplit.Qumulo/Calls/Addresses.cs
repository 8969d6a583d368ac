using System.Collections.Immutable;

namespace QSplit.Qumulo.Calls;

/// <summary>The addresses of a cluster in turn. One that fails is passed over while others are left; when none is, all are tried again.</summary>
internal sealed class Addresses(string cluster, ImmutableArray<string> all, Action<string> warn)
{
    private readonly ImmutableArray<string> _all = all;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _warned = [];
    private ImmutableArray<string> _left = all;
    private uint _turn;

    public int Count => _all.Length;

    public string Next()
    {
        lock (_lock) return _left[(int)(_turn++ % (uint)_left.Length)];
    }

    /// <summary>Passes over an address from now on. Says so the first time.</summary>
    /// <param name="why">A part of a sentence.</param>
    /// <returns>Whether others are left.</returns>
    public bool Drop(string address, string why)
    {
        bool news;
        lock (_lock)
        {
            _left = _left.Remove(address);
            if (_left.IsEmpty)
            {
                _left = _all;
                return false;
            }
            news = _warned.Add(address);
        }
        if (news) warn($"Cluster {cluster}: address {address} is passed over from now on: {why}. The others go on.");
        return true;
    }
}
