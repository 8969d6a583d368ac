using System.Text;
using System.Text.Json.Nodes;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>The whole program tells a webhook how it fares; its address is nowhere to be read.</summary>
public sealed class NotifySpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_webhook_that_stumbles_hears_all_of_a_migration()
    {
        Needs.Rsync();
        await using var hook = await Webhook.StartAsync(500, 500, 200);
        using var site = SiteOf(hook.Url);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.Differences().ShouldBeEmpty();
        run.Output.ShouldNotContain("nobody may have heard");
        var heard = hook.Heard.Select(h => JsonNode.Parse(h.Body)!).ToList();
        heard.Select(h => (string)h["event"]!).ShouldBe(["start", "start", "start", "end"]);
        ((string)heard[3]["text"]!).ShouldStartWith("demo: All is done. ");
        ShouldKeepTheSecret(site, run, hook);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(404, "answered 404")]
    [InlineData(-1, "cannot be reached (ConnectionError), 3 times")]
    public async Task A_webhook_that_is_ill_is_a_line_and_hinders_nothing(int how, string why)
    {
        Needs.Rsync();
        await using var hook = await Webhook.StartAsync(how);
        using var site = SiteOf(how < 0 ? $"http://127.0.0.1:9/{Webhook.Secret}" : hook.Url);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.Differences().ShouldBeEmpty();
        run.Output.ShouldContain($"demo: nobody may have heard of 'end': the webhook at 127.0.0.1 {why}. The migration is not concerned.");
        ShouldKeepTheSecret(site, run, hook);
    }

    private static Site SiteOf(string url)
    {
        var site = new Site();
        for (var i = 0; i < 6; i++) site.AddFile($"reel-{i}/take", 20_000);
        site.WriteManifest(2, "buckets: 3");
        File.AppendAllText(site["migrations.yml"], "\nnotify: { webhook: \"${env:HOOK}\" }\n");
        site.SetVariable("HOOK", url);
        return site;
    }

    private static void ShouldKeepTheSecret(Site site, HostResult run, Webhook hook)
    {
        run.Output.ShouldNotContain(Webhook.Secret);
        hook.Heard.ShouldAllBe(h => !h.Body.Contains(Webhook.Secret));
        Directory.EnumerateFiles(site["artifacts"], "*", SearchOption.AllDirectories)
            .Where(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains(Webhook.Secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
