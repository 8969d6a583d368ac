using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using QSplit.Processes;

namespace QSplit.Evidence;

/// <summary>Signs and checks by the system's <c>ssh-keygen</c>. It never asks anybody: a key with a passphrase is one that an agent holds.</summary>
internal sealed class SshKeygen(Supervisor supervisor, ImmutableDictionary<string, string> environment)
{
    private const string Program = "ssh-keygen";
    private const string Namespace = "qsplit";

    // Before OpenSSH 8.4 only the lack of a terminal keeps it from asking there.
    private readonly ImmutableArray<string> _apart = SearchPath.Has(environment, "setsid") ? ["setsid"] : [];

    private readonly ImmutableDictionary<string, string> _silent = environment.SetItem("SSH_ASKPASS", "false").SetItem("SSH_ASKPASS_REQUIRE", "force").Remove("DISPLAY").Remove("WAYLAND_DISPLAY");

    /// <param name="key">As <see cref="EvidenceFolder.SignAsync"/> takes it.</param>
    /// <returns>All of a signature file.</returns>
    /// <exception cref="StorageException">ssh-keygen is not there, or it cannot sign with this key.</exception>
    public async Task<byte[]> SignAsync(string key, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var (code, output, words) = await RunAsync(["-Y", "sign", "-f", key, "-n", Namespace], message, cancellationToken);
        var signature = Encoding.ASCII.GetBytes(string.Concat(output.Select(line => $"{line}\n")));
        return code == 0 && SshSignature.Read(signature) is not null ? signature : throw new StorageException(
            $"ssh-keygen cannot sign with {key}: {(words.Length > 0 ? words : $"exit {code}")}. Nobody is asked for a passphrase: with a key that has one, add it to an agent (ssh-add) and give its public key here.");
    }

    /// <summary>Why a signature is not good, whoever's it is; null where it is.</summary>
    /// <exception cref="StorageException">ssh-keygen is not there.</exception>
    public async Task<string?> WhyNotGoodAsync(string signature, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var (code, _, words) = await RunAsync(["-Y", "check-novalidate", "-n", Namespace, "-s", signature], message, cancellationToken);
        return code == 0 ? null : words;
    }

    /// <summary>Who of a file of allowed signers made a good signature; or nobody, and why not.</summary>
    /// <exception cref="StorageException">ssh-keygen is not there.</exception>
    public async Task<(string? Who, string Why)> WhoAsync(string signers, string signature, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var (_, known, why) = await RunAsync(["-Y", "find-principals", "-f", signers, "-s", signature], message, cancellationToken);
        foreach (var who in known)
        {
            (var code, _, why) = await RunAsync(["-Y", "verify", "-f", signers, "-I", who, "-n", Namespace, "-s", signature], message, cancellationToken);
            if (code == 0) return (who, "");
        }
        return (null, why);
    }

    private async Task<(int Code, ImmutableArray<string> Output, string Words)> RunAsync(ImmutableArray<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        // Behind setsid it would be setsid that cannot start it.
        if (!OperatingSystem.IsWindows() && !SearchPath.Has(environment, Program)) throw new StorageException($"{Program} is not there. It is in the package openssh-client: apt-get install openssh-client");
        ImmutableArray<string> line = [.. _apart, Program, .. arguments];
        var (output, words) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var result = await supervisor.RunAsync(new Command(line[0], line.RemoveAt(0), input, false, _silent), output.Enqueue, words.Enqueue, cancellationToken);
        if (result.WasInterrupted) throw new OperationCanceledException(cancellationToken);
        return (result.ExitCode, [.. output], string.Join("; ", words.Where(word => word != "Signing data on standard input").Select(word => word.TrimEnd('.'))));
    }
}
