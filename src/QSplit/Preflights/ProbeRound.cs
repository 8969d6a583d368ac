using System.Collections.Immutable;
using System.Security.Cryptography;
using QSplit.Manifests;

namespace QSplit.Preflights;

/// <summary>What came of a probe of the target.</summary>
/// <param name="Written">Null when no host could write one.</param>
/// <param name="Seen">By host, who was asked and answered.</param>
/// <param name="Left">The path of what could not be removed; null when nothing is left.</param>
internal sealed record ProbeResult(WrittenProbe? Written, ImmutableDictionary<string, SeenProbe> Seen, string? Left)
{
    public static readonly ProbeResult None = new(null, ImmutableDictionary<string, SeenProbe>.Empty, null);
}

/// <summary>Has one host write a probe of the target, others read it back, and whoever can remove it, whatever happens.</summary>
internal sealed class ProbeRound(PreflightRequest request, HostAsker asker)
{
    private const int MostWriters = 3;
    private readonly string _name = NewName();
    private readonly string _token = Random();

    /// <summary>A name that nothing else has.</summary>
    public static string NewName() => HostQuestion.ProbeName + Random();

    /// <param name="writers">Hosts that can write in the target; the first that does it does.</param>
    /// <param name="readers">Hosts that are to see it.</param>
    public async Task<ProbeResult> RunAsync(IEnumerable<HostFacts> writers, IReadOnlyList<HostFacts> readers, CancellationToken cancellationToken)
    {
        foreach (var writer in writers.Take(MostWriters))
        {
            var result = ProbeResult.None;
            var left = writer.WritingPlace + "/" + _name;
            try
            {
                if (await WriteAsync(writer, cancellationToken) is { } written)
                    result = new(written, await ReadAsync(written, readers, cancellationToken), null);
            }
            finally
            {
                // Interrupted or not: what was written goes.
                if (await RemoveAsync(writer, readers)) left = null;
            }
            if (result.Written is not null) return result with { Left = left };
        }
        return ProbeResult.None;
    }

    private async Task<WrittenProbe?> WriteAsync(HostFacts writer, CancellationToken cancellationToken)
    {
        var reply = await asker.AskAsync(HostOf(writer), ProbeScript.Write(writer.WritingPlace, _name, _token, request.Options), cancellationToken);
        return reply.Lines.FirstOrDefault(line => line.IsSaid && line.Line.StartsWith("written", StringComparison.Ordinal)).Line is { } said
            ? new(writer.Host, writer.TargetState == TargetState.There, _name, _token, [.. said.Split(' ').Skip(1)])
            : null;
    }

    private async Task<ImmutableDictionary<string, SeenProbe>> ReadAsync(WrittenProbe written, IReadOnlyList<HostFacts> readers, CancellationToken cancellationToken)
    {
        var seen = await Task.WhenAll(readers.Select(reader => ReadAsync(written, reader, cancellationToken)));
        return seen.OfType<SeenProbe>().ToImmutableDictionary(s => s.Host);
    }

    // Where the writer found no target, the reader may have one of its own: it is what both lie in that has to be the same.
    private async Task<SeenProbe?> ReadAsync(WrittenProbe written, HostFacts reader, CancellationToken cancellationToken)
    {
        var place = written.InTarget ? reader.Target : reader.Parent;
        var reply = await asker.AskAsync(HostOf(reader), ProbeScript.Read(place, _name, _token, request.Options), cancellationToken);
        if (!reply.IsWhole) return null;
        var said = reply.Lines.Where(line => line.IsSaid && line.Line.StartsWith("sees ", StringComparison.Ordinal)).Select(line => line.Line.Split(' ', 3));
        return new SeenProbe(reader.Host, place, said.Where(words => words.Length == 3).ToImmutableDictionary(words => words[1], words => words[2]));
    }

    private async Task<bool> RemoveAsync(HostFacts writer, IReadOnlyList<HostFacts> others)
    {
        foreach (var host in others.Where(o => o.Host != writer.Host).Take(MostWriters - 1).Prepend(writer))
        {
            var place = writer.TargetState == TargetState.There ? host.Target : host.Parent;
            var reply = await asker.AskAsync(HostOf(host), ProbeScript.Remove(place, _name), CancellationToken.None);
            if (reply is { IsWhole: true, End.ExitCode: 0 }) return true;
        }
        return false;
    }

    private Host HostOf(HostFacts facts) => request.Hosts.First(h => h.Name == facts.Host);

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
