using System.Globalization;
using QSplit.Manifests;

namespace QSplit.Emulator.Http;

/// <summary>Faults as a person writes them: the form is told at <c>EmulatorOptions.Faults</c>.</summary>
internal static class FaultText
{
    private const string Names = "latency, unauthorized-after, too-many, retry-after, errors, status, cut, truncate, after, vanish, lag, page, " +
        "lacks, refuse, locked, owned, deleting, one-name, uncovered, core";

    /// <summary>Sets what the text says, and leaves the rest as it is.</summary>
    /// <exception cref="ManifestException">The text is not of that form.</exception>
    public static void Apply(string text, Faults faults)
    {
        foreach (var setting in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (setting.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, { Length: > 0 } value])
                throw new ManifestException($"Fault '{setting}' has no value: write it as in latency=5ms,errors=2.");
            Apply(name, value, faults);
        }
    }

    private static void Apply(string name, string value, Faults faults)
    {
        switch (name)
        {
            case "latency": faults.Latency = Duration(name, value); break;
            case "unauthorized-after": faults.UnauthorizedAfter = Whole(name, value, 0, int.MaxValue); break;
            case "too-many": faults.TooMany = Whole(name, value, 0, int.MaxValue); break;
            case "retry-after": faults.RetryAfter = Whole(name, value, 0, 86_400); break;
            case "errors": faults.Errors = Whole(name, value, 0, int.MaxValue); break;
            case "status": faults.ErrorStatus = Whole(name, value, 500, 599); break;
            case "cut": faults.Cut = Whole(name, value, 0, int.MaxValue); break;
            case "truncate": faults.Truncate = Whole(name, value, 0, int.MaxValue); break;
            case "after": faults.After = Whole(name, value, 0, int.MaxValue); break;
            case "page": faults.PageLimit = Whole(name, value, 1, int.MaxValue); break;
            case "lag": faults.Lag = Whole(name, value.TrimEnd('%'), 0, 100) / 100.0; break;
            case "vanish" when value.StartsWith('/'): faults.Vanish(Uri.UnescapeDataString(value)); break;
            case "vanish": throw new ManifestException($"Fault vanish={value}: it must be an absolute path, such as vanish=/a/b.");
            case "deleting": faults.Deleting = Whole(name, value, 0, int.MaxValue); break;
            case "locked": faults.Lock(Whole(name, value, 1, int.MaxValue)); break;
            case "owned": faults.Own(Whole(name, value, 1, int.MaxValue)); break;
            case "one-name": faults.OneName = Flag(name, value); break;
            case "uncovered": faults.RefuseUncovered = Flag(name, value); break;
            case "lacks": faults.Withhold(value.StartsWith("PRIVILEGE_", StringComparison.Ordinal) ? value : $"PRIVILEGE_{value}"); break;
            case "refuse" when value.Split('@', 2) is [{ Length: > 0 } error, ['/', ..] path]:
                faults.Refuse(Uri.UnescapeDataString(path), error);
                break;
            case "refuse":
                throw new ManifestException(
                    $"Fault refuse={value}: it must be an error class and an absolute path, such as refuse=fs_encountered_portal_error@/a/b.");
            case "core" when Version.TryParse(value, out var version): faults.Core = version; break;
            case "core": throw new ManifestException($"Fault core={value}: it must be a version, such as core=7.9.0.3.");
            default: throw new ManifestException($"Fault '{name}' is not known. There are: {Names}.");
        }
    }

    private static int Whole(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ManifestException($"Fault {name}={value}: it must be a whole number, {(most == int.MaxValue ? $"{least} or more" : $"{least} to {most}")}.");

    private static bool Flag(string name, string value) => value switch
    {
        "yes" => true,
        "no" => false,
        _ => throw new ManifestException($"Fault {name}={value}: it must be yes or no."),
    };

    private static TimeSpan Duration(string name, string value)
    {
        var unit = value.EndsWith("ms", StringComparison.Ordinal) ? 1 : value.EndsWith('s') ? 1000 : 0;
        return unit > 0 && double.TryParse(value.TrimEnd('s').TrimEnd('m'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit <= 600_000
            ? TimeSpan.FromMilliseconds(number * unit)
            : throw new ManifestException($"Fault {name}={value}: it must be a time of at most ten minutes, such as 5ms or 2s.");
    }
}
