using Cake.Core;
using Cake.Frosting;

namespace QSplit.Tasks;

/// <summary>Around all tasks: checks the command line before the first, remembers how the last one ended. Runs at --dryrun too: it touches nothing.</summary>
public sealed class QSplitLifetime : FrostingLifetime<QSplitContext>
{
    public override void Setup(QSplitContext context, ISetupContext info)
    {
        try
        {
            _ = context.Request;
        }
        catch (Exception e)
        {
            context.Ending.Threw(e);
            throw;
        }
    }

    public override void Teardown(QSplitContext context, ITeardownContext info) => context.Ending.Threw(info.ThrownException);
}
