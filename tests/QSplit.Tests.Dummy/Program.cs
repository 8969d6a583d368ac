using QSplit.Tests.Dummy;

return args switch
{
    ["echo", .. var words] => Talk.Echo(words),
    ["environment"] => Talk.Environment(),
    ["flood", var megabytes] => Talk.Flood(int.Parse(megabytes)),
    ["pieces", .. var pieces] => Talk.Pieces(pieces),
    ["digest"] => Listen.Digest(),
    ["flood-then-digest", var megabytes] => Talk.Flood(int.Parse(megabytes)) + Listen.Digest(),
    ["held", var length, var milliseconds] => Listen.Held(int.Parse(length), int.Parse(milliseconds)),
    ["exit", var code] => int.Parse(code),
    ["hang"] => Endings.Hang(),
    ["end-in-order"] => Endings.InOrder(),
    ["stubborn"] => Endings.Stubborn(),
    ["stubborn-parent"] => Endings.StubbornParent(),
    ["leave-behind"] => Endings.LeaveBehind(),
    ["fence", var listLength, .. var program] => await Controllers.FenceAsync(int.Parse(listLength), [.. program]),
    ["fence-over", var address, var user, var port, var config, var listLength, .. var program] =>
        await Controllers.FenceOverAsync(address, user, port, config, int.Parse(listLength), [.. program]),
    ["lock", var folder, var words] => Controllers.Lock(folder, words),
    ["cmd", var mounts] => WindowsHost.Run(mounts),
    ["append", var store, var run, var events] => Controllers.Append(store, run, int.Parse(events)),
    _ => 64,
};
