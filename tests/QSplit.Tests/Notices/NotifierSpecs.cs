using System.Collections.Concurrent;
using QSplit.Manifests;
using QSplit.Notices;

namespace QSplit.Tests.Notices;

/// <summary>Who hears what, in which order, and how long a run waits for that.</summary>
public sealed class NotifierSpecs
{
    private static readonly Recipient Hook = new Recipient.Webhook(new("https://hooks.example.com/hunter2"));
    private static readonly Recipient Program = new Recipient.Program(["/usr/local/bin/tell", "hunter2"]);
    private readonly ConcurrentQueue<(Recipient To, NotifyOn Event)> _heard = [];
    private readonly ConcurrentQueue<string> _said = [];

    [Fact(Timeout = HangLimit)]
    public async Task Each_hears_what_it_wants_to_in_the_order_in_which_it_happened()
    {
        using var notifier = Notifier([Wants(Hook, NotifyOn.Failure), Wants(Program, NotifyOn.Start, NotifyOn.Stalled, NotifyOn.Failure)], async (_, notice, token) =>
        {
            if (notice.Event == NotifyOn.Start) await Task.Delay(100, token);
            return null;
        });

        foreach (var happened in (NotifyOn[])[NotifyOn.Start, NotifyOn.Stalled, NotifyOn.Failure]) notifier.Notify(Of(happened));
        await notifier.EndAsync(Hang);

        _heard.Where(h => h.To == Program).Select(h => h.Event).ShouldBe([NotifyOn.Start, NotifyOn.Stalled, NotifyOn.Failure]);
        _heard.Where(h => h.To == Hook).Select(h => h.Event).ShouldBe([NotifyOn.Failure]);
        _said.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_standstill_is_told_once_and_another_one_again_once_something_moved()
    {
        using var notifier = Notifier([Wants(Program, Enum.GetValues<NotifyOn>())]);

        notifier.Notify(Of(NotifyOn.Start));
        notifier.Notify(Of(NotifyOn.Start));
        notifier.Notify(Of(NotifyOn.Stalled));
        notifier.Notify(Of(NotifyOn.Stalled));
        notifier.Moves();
        notifier.Notify(Of(NotifyOn.Stalled));
        notifier.Notify(Of(NotifyOn.Failure));
        notifier.Notify(Of(NotifyOn.End));
        await notifier.EndAsync(Hang);

        _heard.Select(h => h.Event).ShouldBe([NotifyOn.Start, NotifyOn.Stalled, NotifyOn.Stalled, NotifyOn.Failure]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task One_that_hangs_is_waited_for_a_while_hinders_no_other_and_is_said_without_its_address()
    {
        using var notifier = Notifier([Wants(Hook, NotifyOn.Start, NotifyOn.End), Wants(Program, NotifyOn.Start, NotifyOn.End)], async (to, _, token) =>
        {
            if (to == Hook) await Task.Delay(Timeout.Infinite, token);
            return null;
        });

        notifier.Notify(Of(NotifyOn.Start));
        notifier.Notify(Of(NotifyOn.End));
        await notifier.EndAsync(TimeSpan.FromMilliseconds(300));

        _heard.Where(h => h.To == Program).Select(h => h.Event).ShouldBe([NotifyOn.Start, NotifyOn.End]);
        _said.ShouldBe([
            "music: nobody may have heard of 'start': the webhook at hooks.example.com was not waited for any longer. The migration is not concerned.",
            "music: nobody may have heard of 'end': the webhook at hooks.example.com was not waited for any longer. The migration is not concerned.",
        ]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_thrown_on_the_way_is_not_repeated()
    {
        using var notifier = Notifier([Wants(Program, NotifyOn.End)], (_, _, _) => throw new InvalidOperationException("hunter2"));

        notifier.Notify(Of(NotifyOn.End));
        await notifier.EndAsync(Hang);

        _said.ShouldBe(["music: nobody may have heard of 'end': tell failed (InvalidOperationException). The migration is not concerned."]);
    }

    private static Notification Wants(Recipient who, params NotifyOn[] what) => new(who, [.. what], []);

    private static Notice Of(NotifyOn what) => new(what, "music", null, null, DateTimeOffset.UnixEpoch, "music: a test");

    private Notifier Notifier(IEnumerable<Notification> wanted, Func<Recipient, Notice, CancellationToken, Task<string?>>? send = null) => new(
        wanted,
        (to, notice, token) =>
        {
            _heard.Enqueue((to, notice.Event));
            return send?.Invoke(to, notice, token) ?? Task.FromResult<string?>(null);
        },
        _said.Enqueue,
        TimeProvider.System);
}
