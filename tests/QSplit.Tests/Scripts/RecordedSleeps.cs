using System.Collections.Immutable;
using QSplit.Testing;

namespace QSplit.Tests.Scripts;

/// <summary>A <c>sleep</c> in front of the system's own that records for how long a script waits: a test of "without a wait" needs no clock.</summary>
internal sealed class RecordedSleeps : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RecordedSleeps()
    {
        var sleep = Path.Combine(_folder.MakeDirectory("bin"), "sleep");
        File.WriteAllText(sleep, Script(DummyProgram.Environment["PATH"]));
        Tool.Read("chmod", "755", sleep);
    }

    /// <summary>The environment of a script on this machine.</summary>
    public ImmutableDictionary<string, string> Environment => DummyProgram.Environment.SetItem("PATH", $"{_folder["bin"]}:{DummyProgram.Environment["PATH"]}");

    /// <summary>The argument of each call so far.</summary>
    public IReadOnlyList<string> Seconds => File.Exists(_folder["calls"]) ? File.ReadAllLines(_folder["calls"]) : [];

    /// <summary>Puts the same <c>sleep</c> on a host.</summary>
    public void InstallOn(SshHost host) => host.Program("sleep", Script(DummyProgram.Environment["PATH"]));

    public void Dispose() => _folder.Dispose();

    private string Script(string path) => $"#!/bin/sh\necho \"$1\" >>'{_folder["calls"]}'\nPATH='{path}' exec sleep \"$@\"\n";
}
