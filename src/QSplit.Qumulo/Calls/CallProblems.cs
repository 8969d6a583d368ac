using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using QSplit.Manifests;

namespace QSplit.Qumulo.Calls;

/// <summary>What is said of a call that failed: what, on what, why, what to try; never a secret, and never a query.</summary>
internal sealed class CallProblems(Cluster cluster)
{
    private readonly ConcurrentDictionary<string, bool> _secrets = new(
        new[] { cluster.Password, cluster.Token }.OfType<Secret>().Select(secret => KeyValuePair.Create(secret.Reveal().Trim(), true)).DistinctBy(pair => pair.Key));

    /// <summary>Never shows this, though a server may repeat what it was sent.</summary>
    public void Hide(string secret) => _secrets[secret] = true;

    public StorageException Of(ICallInfo call, Fault fault) => new(
        $"Cluster {cluster.Name}: {call.About}: {Where(call, fault)}{Why(Scrub(fault))}{Again(fault)}{(fault is Fault.Untrusted ? "" : ".")}{Try(call, fault)}");

    public StorageException NoLogin(string? usual) => new(
        $"Cluster {cluster.Name}: there is nothing to sign in with. Give it 'user' and 'password', 'token' or 'credentials' in the manifest " +
        "(beside --source: --user and the environment variable QSPLIT_PASSWORD, or QSPLIT_TOKEN)" +
        (usual is null ? "." : $", or run '{Qq} login -u <user>', which writes {usual}."));

    public StorageException LoginRefused(string user, Fault fault) => new(
        $"Cluster {cluster.Name}: {fault.Address} refuses the login of {user}: {Why(Scrub(fault))}. Check user and password; " +
        @"an account of a directory service needs its domain before it (DOMAIN\user).");

    /// <summary>Null where the account has all.</summary>
    /// <param name="lacking">Privileges.</param>
    public string? Lacks(string? account, IReadOnlyCollection<string> lacking) => lacking.Count == 0 ? null :
        $"Cluster {cluster.Name}: the account {account} lacks {string.Join(", ", lacking)}. Grant {(lacking.Count == 1 ? "it" : "them")} to a role " +
        $"of the account, in the web UI (Cluster > Role Management) or with '{Qq} auth_modify_role --role ROLE -G {string.Join(' ', lacking)}', and sign in anew.";

    public StorageException AccessTokenRefused(string where) => new(
        $"Cluster {cluster.Name}: the access token {where} was refused: it is disabled, has expired or was deleted. " +
        $"'{Qq} auth_list_access_tokens' shows its state. '{Qq} auth_modify_access_token ID --enable' enables it; '{Qq} auth_create_access_token <user>' makes another.");

    public StorageException TokenRefused(string where) => new(
        $"Cluster {cluster.Name}: the token {where} was refused, or has expired: session tokens live 10 hours. Sign in anew with '{Qq} login', " +
        "use an access token ('qq auth_create_access_token'), or give user and password in the manifest: then QSplit signs in again by itself.");

    public StorageException RefusedTwice(ICallInfo call) => new(
        $"Cluster {cluster.Name}: {call.About}: {call.Words} was answered 401 Unauthorized, and again with the token of a new login. " +
        "Has the account been disabled, or its password changed meanwhile? Are all addresses nodes of the same cluster?");

    public StorageException NotAToken(string where) => new($"Cluster {cluster.Name}: the token {where} is empty, or has characters in it that no token has.");

    public StorageException Odd(ICallInfo call, string what) => new($"Cluster {cluster.Name}: {call.About}: {call.Words}: {what}");

    /// <summary>A fault as a part of a sentence.</summary>
    public static string Why(Fault fault) => fault switch
    {
        Fault.Answered answer => $"answered {(int)answer.Status} {answer.Status}" + (answer.Class, answer.Description) switch
        {
            (null, null) => "",
            ({ } name, null) => $" ({name})",
            (null, { } text) => $" ({Short(text)})",
            var (name, text) => $" ({name}: {Short(text)})",
        },
        Fault.Unreachable unreachable => unreachable.Why,
        Fault.ConnectTimeout time => $"no connection within {time.After.TotalSeconds:0.#} s",
        Fault.Silence time => $"no answer for {time.After.TotalSeconds:0.#} s",
        Fault.BrokenOff broken => $"the connection ended before the answer did ({broken.Why.TrimEnd('.')})",
        Fault.Garbled garbled => $"the answer is not the JSON it should be, or was cut off ({garbled.Why.TrimEnd('.')})",
        Fault.TooLong tooLong => $"the answer is longer than {tooLong.Limit:N0} bytes",
        Fault.Untrusted untrusted => untrusted.Why,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private string Where(ICallInfo call, Fault fault) => fault switch
    {
        Fault.Answered => $"{call.Words} at {fault.Address} was ",
        Fault.Unreachable or Fault.ConnectTimeout => $"{fault.Address}, port {cluster.Port}, cannot be reached: ",
        Fault.Untrusted => $"{fault.Address}, port {cluster.Port}: ",
        _ => $"{call.Words} at {fault.Address}: ",
    };

    private static string Again(Fault fault) => fault.Tries > 1 ? $"; tried {fault.Tries} times" : "";

    private static string Try(ICallInfo call, Fault fault) => fault switch
    {
        Fault.Answered { IsStale: true } => " It was replaced while it was looked at: run the same command again.",
        Fault.Answered { IsNoSuchSnapshot: true } => " The snapshot has expired, or was deleted. Plan anew, with another snapshot.",
        Fault.Answered { IsNotCovered: true } => " The snapshot is of another directory. Take one of this directory: 'snapshot: new'.",
        Fault.Answered { IsPortal: true } =>
            " It is a portal: what is in it lies on another cluster. Plan that part from the other cluster, or leave the directory out ('leaveOut').",
        Fault.Answered { IsTooLong: true } => " Its path is too long for the cluster: give a directory further down as the source.",
        Fault.Answered { IsLink: true } => " It is a symbolic link: give the directory that it leads to.",
        Fault.Answered { IsNoSuchEntry: true } => " It is not on the cluster: check the path, which is the cluster's own and not that of a mount.",
        Fault.Answered { IsNotADirectory: true } => " It is no directory: give the one that holds it.",
        Fault.Answered { Status: HttpStatusCode.Forbidden } =>
            $" The account may not do that: give its role {call.Privilege ?? "the privilege for it"}, and the account read access to the directory, or sign in as another.",
        Fault.Answered { IsNoSuchCall: true } => " The server does not know this call: is this the port of the REST API (8000), and a Qumulo cluster of a version with it?",
        Fault.Answered { Status: HttpStatusCode.TooManyRequests } => " The cluster has too much to do: try again later, or when others ask less of it.",
        Fault.Answered { MayPass: true } => " Something is wrong on the cluster or on the way to it: look at its state, then run the same command again.",
        Fault.Answered { Status: >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest } => " Give the address and port of the REST API itself (8000).",
        Fault.Unreachable { Unknown: true } => " Check the address in the manifest, and the name servers of this host.",
        Fault.Unreachable or Fault.ConnectTimeout => " Check address and port (8000 unless it was changed), the cluster's state, and firewalls on the way.",
        Fault.Silence { IsOfTheAnswer: true } => " It may need more time: raise 'differenceTimeout' of this cluster in the manifest.",
        Fault.Silence or Fault.BrokenOff => " Look at the cluster's load and the network on the way, then run the same command again.",
        Fault.Garbled or Fault.TooLong => " Does the REST API listen at that address and port, and not something else?",
        _ => "",
    };

    /// <summary>Qumulo's command line, with the address of the cluster.</summary>
    public string Qq => $"qq --host {cluster.Addresses[0]}{(cluster.Port == 8000 ? "" : $" --port {cluster.Port}")}";

    // Only what came over the network can hold a secret. In a sentence of this program, what looks like a short password is none, and hiding it would tell that password.
    private Fault Scrub(Fault fault) => fault switch
    {
        Fault.Answered answer => answer with { Class = Scrub(answer.Class), Description = Scrub(answer.Description) },
        Fault.BrokenOff broken => broken with { Why = Scrub(broken.Why) },
        Fault.Garbled garbled => garbled with { Why = Scrub(garbled.Why) },
        _ => fault,
    };

    [return: NotNullIfNotNull(nameof(text))]
    private string? Scrub(string? text) => text is null ? null :
        _secrets.Keys.Where(secret => secret.Length > 0).Aggregate(text, (said, secret) => said.Replace(secret, "***", StringComparison.Ordinal));

    private static string Short(string text) => new([.. text.Take(300).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
