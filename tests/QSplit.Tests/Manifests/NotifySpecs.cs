using QSplit.Manifests;

namespace QSplit.Tests.Manifests;

/// <summary>Who is to hear how runs fare. Whatever is wrong, an address is not repeated.</summary>
public sealed class NotifySpecs : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task I_can_name_programs_and_webhooks()
    {
        _folder.Environment["HOOK"] = "https://hooks.example.com/services/hunter2";
        var manifest = await _folder.ReadAsync($$"""
            version: 1
            {{ManifestFolder.Migration}}
            notify:
              - { webhook: "${env:HOOK}", on: [failure, stalled], migrations: [ok] }
              - command: [notify-send, QSplit, QSplit]
              - command: [bin/tell, ./as it stands]
            """);

        var (hook, send, tell) = (manifest.Notifications[0], manifest.Notifications[1], manifest.Notifications[2]);
        hook.To.ShouldBe(new Recipient.Webhook(new("https://hooks.example.com/services/hunter2")));
        hook.To.ShouldBeOfType<Recipient.Webhook>().Host.ShouldBe("hooks.example.com");
        $"{hook} {manifest}".ShouldNotContain("hunter2");
        hook.On.ShouldBe([NotifyOn.Failure, NotifyOn.Stalled]);
        hook.Migrations.ShouldBe(["ok"]);
        send.To.ShouldBeOfType<Recipient.Program>().Line.ShouldBe(["notify-send", "QSplit", "QSplit"]);
        send.On.ShouldBe([NotifyOn.Start, NotifyOn.Failure, NotifyOn.End, NotifyOn.Stalled]);
        send.Migrations.ShouldBeEmpty();
        tell.To.ShouldBeOfType<Recipient.Program>().Line.ShouldBe([Path.Combine(_folder.Path, "bin/tell"), "./as it stands"]);
    }

    [Fact]
    public async Task One_may_stand_alone_and_all_migrations_are_meant_unless_some_are_named()
    {
        const string Two = "version: 1\nmigrations: { a: { source: { directory: /a }, mounts: { target: /b } }, c: { source: { directory: /c }, mounts: { target: /d } } }\n";
        var alone = await _folder.ReadAsync(Two + "notify: { command: [tell] }");
        var named = await _folder.ReadAsync(Two + "notify: { command: [tell], migrations: [c] }");
        var nobody = await _folder.ReadAsync(Two);

        alone.Migrations.Select(migration => alone.NotificationsOf(migration).Count()).ShouldBe([1, 1]);
        named.Migrations.Select(migration => named.NotificationsOf(migration).Count()).ShouldBe([0, 1]);
        nobody.Notifications.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("notify: ^https://h.example.com/hunter2", "notify must be { command: [PROGRAM, ARGUMENT] } or { webhook: URL }, or a list of those")]
    [InlineData("notify: [^https://h.example.com/hunter2]", "notify[0] must be { command: [PROGRAM, ARGUMENT] } or { webhook: URL }, or a list of those")]
    [InlineData("^notify: { on: [end] }", "notify needs 'command' or 'webhook'")]
    [InlineData("notify:\n- { command: [a] }\n- ^{ command: [a], webhook: 'https://h.example.com' }", "notify[1] has 'command' and 'webhook'; it must have either 'command' or 'webhook'")]
    [InlineData("notify: { webhook: ^h.example.com/hunter2 }", "notify.webhook must be a URL that begins with https:// or http://")]
    [InlineData("notify: { webhook: ^'ftp://h.example.com/hunter2' }", "notify.webhook must be a URL that begins with https:// or http://")]
    [InlineData("notify: { webhook: ^'https://me:hunter2@h.example.com/' }", "notify.webhook must have no user and no password in it: they would not be sent")]
    [InlineData("notify: { webhook: ^'${env:HOOK}' }", "notify.webhook refers to ${env:HOOK}, but the environment variable 'HOOK' is not set")]
    [InlineData("notify: { command: ^'curl https://h.example.com/hunter2' }", "notify.command must be a list: a program and its arguments, such as [mail, -s, QSplit, me@example.com]")]
    [InlineData("notify: { command: ^[] }", "notify.command must be a list: a program and its arguments, such as [mail, -s, QSplit, me@example.com]")]
    [InlineData("notify: { command: [^''] }", "notify.command[0] must not be empty")]
    [InlineData("notify: { command: [a], on: ^[] }", "notify.on must have one or more in it")]
    [InlineData("notify: { command: [a], on: ^end }", "notify.on must be a list, such as [a, b], is 'end'")]
    [InlineData("notify: { command: [a], on: [end, ^ended] }", "notify.on[1] must be start, failure, end or stalled, is 'ended'")]
    [InlineData("notify: { command: [a], on: [end, ^end] }", "notify.on[1] repeats 'end'")]
    [InlineData("notify: { command: [a], migrations: [^okay] }\nmigrations: { ok: { source: { directory: /a }, mounts: { target: /b } } }", "notify.migrations[0] names 'okay', which is not under 'migrations'; known are ok")]
    public async Task What_is_wrong_is_said_where_it_is(string yaml, string problem) => await _folder.ShouldHaveOneProblemAsync(yaml, problem);

    [Fact]
    public async Task A_key_that_nobody_knows_is_said_without_what_is_under_it()
    {
        (await _folder.ProblemsAsync($"version: 1\nnotify: {{ url: hunter2 }}\n{ManifestFolder.Migration}")).ShouldBe([
            "migrations.yml:2:1: notify needs 'command' or 'webhook'",
            "migrations.yml:2:11: notify: unknown key 'url'; known are command, webhook, on, migrations",
        ]);
    }
}
