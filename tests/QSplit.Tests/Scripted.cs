using System.Collections.Immutable;
using QSplit.Scripts;

namespace QSplit.Tests;

/// <summary>Scripts for tests.</summary>
internal static class Scripted
{
    /// <summary>A program in its fence, and nothing else.</summary>
    public static Script Fenced(IEnumerable<string> program, ReadOnlyMemory<byte> list = default, string lease = "a test", int pulseSeconds = 30) =>
        new(new ScriptText().Fenced([.. program], list.Length, lease, TimeSpan.FromSeconds(pulseSeconds)).Bytes, list, true);

    /// <summary>A few lines of shell, without a fence.</summary>
    public static Script Lines(string shell) => Script.Of(new ScriptText().Line(shell));

    /// <summary>A program that is a few lines of shell.</summary>
    public static ImmutableArray<string> Sh(string shell) => ["/bin/sh", "-c", shell];

    /// <summary>A number for <c>sleep</c> that finds it again among all processes.</summary>
    public static string NewMark() => $"7{Random.Shared.Next(100_000, 999_999)}";
}
