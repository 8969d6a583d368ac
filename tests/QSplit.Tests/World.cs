using System.Collections.Immutable;
using QSplit.Notices;
using QSplit.Processes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Transports;

namespace QSplit.Tests;

/// <summary>The world as a pipeline sees it, in a folder of a test. It has no clusters; hosts are this machine, or sshds that the test started.</summary>
internal static class World
{
    public static Surroundings Of(
        string directory, IRunView? view = null, TimeProvider? time = null, ImmutableDictionary<string, string>? environment = null, HostConnections? hosts = null, WebhookPost? post = null)
    {
        var (clock, variables) = (time ?? TimeProvider.System, environment ?? DummyProgram.Environment);
        return new Surroundings(
            clock, variables, directory, "a test", view ?? new PlainView(clock, _ => { }), Nowhere.Connections, hosts ?? Hosts(clock, variables), new Reloads(), post ?? ((_, _, _) => Task.FromResult<string?>("is not there: this is a test")));
    }

    public static HostConnections Hosts(TimeProvider time, ImmutableDictionary<string, string> environment) =>
        new(new Supervisor(time, TimeSpan.FromSeconds(10)), environment, Path.GetTempPath(), time);
}
