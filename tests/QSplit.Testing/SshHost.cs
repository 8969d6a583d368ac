namespace QSplit.Testing;

/// <summary>A host that is really this machine: an sshd on a loopback address of its own. What a manifest needs to say of it is here.</summary>
/// <param name="Address">127.0.0.n.</param>
/// <param name="User">Whoever runs the tests.</param>
/// <param name="SshConfig">A file for <c>ssh -F</c> that knows the key to sign in with and the host's key, and nothing of the user's own.</param>
/// <param name="Folder">Its own; a program in its <c>bin</c> comes before all others in PATH there.</param>
public sealed record SshHost(string Address, int Port, string User, string SshConfig, string Folder)
{
    /// <summary>Where programs of this host only are.</summary>
    public string Bin => Path.Combine(Folder, "bin");

    /// <summary>Puts a shell script there, in place of a program of the system.</summary>
    public void Program(string name, string script)
    {
        var path = Path.Combine(Bin, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        Tool.Read("chmod", "755", path);
    }
}
