using QSplit.Emulator;

namespace QSplit.Qumulo.Tests.Emulation;

public sealed class EmulatorApiSpecs
{
    [Fact]
    public void What_programs_use_of_the_emulator_changes_only_on_purpose() => PublicApi.ShouldBeApproved(typeof(EmulatedCluster).Assembly);
}
