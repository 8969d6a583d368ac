using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace QSplit.Tasks.Tests.Host;

public static class SampleHost
{
    /// <summary>A host with the context of the sample tasks; the caller says where they are.</summary>
    public static CakeHost Create(Journal journal) => new CakeHost()
        .ConfigureServices(services => services.AddSingleton(journal))
        .UseContext<SampleContext>();
}
