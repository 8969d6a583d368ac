using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Registers services before the run.</summary>
public interface IFrostingStartup
{
    void Configure(IServiceCollection services);
}
