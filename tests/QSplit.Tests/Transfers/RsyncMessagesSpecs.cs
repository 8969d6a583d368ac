using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests.Transfers;

/// <summary>The table of rsync's messages: whatever names stand in them, what is read is the name that was written, or nothing.</summary>
public sealed partial class RsyncMessagesSpecs
{
    private const string Source = "/mnt/old";
    private const string Target = "/mnt/new";
    private const int NamesOfEach = 40;

    // EPROTO: no class has it by its number.
    private const int AnyOther = 71;

    public static TheoryData<string> Forms => [.. RsyncMessages.All.Where(NamesAnEntry).Select(message => message.Form)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_name_is_read_as_it_was_written_or_the_line_is_kept_whole(string form)
    {
        var message = RsyncMessages.All.Single(one => one.Form == form);
        var random = new Random(Seed: 20261130);
        var told = 0;
        for (var i = 0; i < NamesOfEach; i++)
        {
            var (path, also) = (RandomPath(random), RandomPath(random));
            var line = LineOf(message, path, also, random);
            var errors = new RsyncErrors(Source, Target);
            errors.Add(line);
            HashSet<EntryPath> there = [path, also, path.Parent, also.Parent];
            errors.Settle(errors.Candidates.Where(there.Contains).ToHashSet());

            var failures = errors.Failures.Select(failure => EntryPath.Parse(failure.Path)).ToList();
            if (failures is [var only] && only == path) told++;
            else if (failures.Count == 0) errors.Unnamed.ShouldBe(line);
            else failures.ShouldBe([path], line);
        }
        told.ShouldBeGreaterThan(NamesOfEach / 2, "most names leave no doubt");
    }

    [Fact]
    public void No_form_is_there_twice_and_each_says_what_it_names()
    {
        RsyncMessages.All.Select(message => message.Form).ShouldBeUnique();
        RsyncMessages.All.Where(message => message.Meaning == MessageMeaning.Whole && NamesAnEntry(message)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("*** Skipping any contents from this failed directory ***")]
    [InlineData("rsync: [receiver] do_fallocate \"/mnt/new/a\": Operation not supported (95)")]
    [InlineData("rsync: [generator] failed to open \"/mnt/new/a\", continuing: Permission denied (13)")]
    [InlineData("rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1394) [sender=3.5.0]")]
    [InlineData("default_perms_for_dir: sys_acl_get_file(a, ACL_TYPE_DEFAULT): Permission denied, falling back on umask")]
    public void What_is_only_said_is_no_failure(string line)
    {
        var errors = new RsyncErrors(Source, Target);
        errors.Add(line);

        errors.ShouldSatisfyAllConditions(e => e.Complete.ShouldBeTrue(), e => e.Failures.ShouldBeEmpty(), e => e.Candidates.ShouldBeEmpty());
    }

    [Theory]
    [InlineData("rsync: [sender] fstat failed: Input/output error (5)")]
    [InlineData("rsync: [receiver] change_sacl_perms: sys_acl_get_entry(): Invalid argument (22)")]
    [InlineData("rsync: [sender] something new \"/mnt/old/a\" came up: Input/output error (5)")]
    public void A_line_that_names_no_entry_or_has_no_known_form_is_reported_whole(string line)
    {
        var errors = new RsyncErrors(Source, Target);
        errors.Add(line);

        RsyncExit.Read(23, false, errors).ShouldBeOfType<TransferOutcome.Partial>().Words.ShouldBe($"rsync exited 23 (partial transfer): {line}");
    }

    [Fact]
    public void The_page_of_the_messages_is_what_the_table_says()
    {
        var page = Path.Combine(Above(AppContext.BaseDirectory), "docs", "reference", "rsync-messages.md");
        var text = $$"""
            # Messages of rsync

            What rsync 3.2.3 to 3.5 prints on standard error about entries of a copy between two directories, and what QSplit makes of it. `{full}` is the entry by its absolute path, `{name}` by its path
            below the source or the target, `{error}` are the words of the system with the error number. Messages with `{error}` begin with `rsync: [sender] ` or the like.

            - *names it*: the entry is an [exception](exceptions.md). Its class follows from the action and the error number: see the second table.
            - *names a temporary file*: the same, once QSplit has found which entry of the source it stands for. rsync writes `.name.XXXXXX` for `name`, and also for `.name`: where both are in the source, both are
              exceptions.
            - *gone*: the entry is not on the source any more. Other hosts are asked before that is believed.
            - *harmless*: nothing is wrong, or another message tells of it.
            - *names none*: something failed, and the message does not say of which entry. The whole line is reported, and the bucket is tried again.

            A line that fits no form is reported whole, too. So is one that fits in several ways, with quotes or arrows in a name, unless only one of them is on the source: a wrong name is never reported. Some
            failures do not change rsync's exit code; an exit code of 0 with a message of the first two kinds is a failure.

            | message | in | versions | action | what it does |
            | --- | --- | --- | --- | --- |
            {{string.Join('\n', RsyncMessages.All.Select(RowOf))}}

            ## Classes

            | action | class by error number |
            | --- | --- |
            {{string.Join('\n', Enum.GetValues<MessageAction>().Select(action => $"| {Words(action)} | {ClassesOf(action)} |"))}}

            """;
        if (Environment.GetEnvironmentVariable("QSPLIT_APPROVE") == "1") File.WriteAllText(page, text);

        File.ReadAllText(page).ShouldBe(text, "docs/reference/rsync-messages.md is stale. To renew it: QSPLIT_APPROVE=1 dotnet test tests/QSplit.Tests");
    }

    private static bool NamesAnEntry(RsyncMessage message) =>
        message.Meaning is not (MessageMeaning.Harmless or MessageMeaning.Gone)
        && (message.IsFull || message.Form.Contains("{name}", StringComparison.Ordinal));

    private static EntryPath RandomPath(Random random)
    {
        var path = EntryPath.Root;
        for (var depth = random.Next(1, 4); depth > 0; depth--) path = path.Combine(NastyNames.Next(random));
        return path;
    }

    // As rsync fills in the form and writes it (log.c, filtered_fwrite).
    private static string LineOf(RsyncMessage message, EntryPath path, EntryPath also, Random random)
    {
        var isOfTarget = message.IsTemporary || message.IsOfTarget;
        var who = isOfTarget ? "receiver" : "sender";
        var filled = new List<byte>();
        if (message.HasError) filled.AddRange(Encoding.ASCII.GetBytes($"rsync: [{who}] "));
        foreach (var part in Parts().Split(message.Form).Zip([.. Parts().Matches(message.Form).Select(match => match.Value), ""]))
        {
            filled.AddRange(Encoding.UTF8.GetBytes(part.First));
            filled.AddRange(part.Second switch
            {
                "" => [],
                "{full}" => [.. Encoding.ASCII.GetBytes($"\"{(isOfTarget ? Target : Source)}/"), .. path.Bytes, (byte)'"'],
                "{name}" => path.Bytes.ToArray(),
                "{temporary}" => [.. Encoding.ASCII.GetBytes(Target + "/"), .. TemporaryOf(path)],
                "{also}" => also.Bytes.ToArray(),
                "{attribute}" => [.. "user."u8, .. also.Name],
                "{number}" => Encoding.ASCII.GetBytes(random.Next(1 << 20).ToString(CultureInfo.InvariantCulture)),
                "{who}" => Encoding.ASCII.GetBytes(who),
                "{error}" => "Resource deadlock avoided (35)"u8.ToArray(),
                "{why}" => "Invalid or incomplete multibyte or wide character"u8.ToArray(),
                var choice => Encoding.UTF8.GetBytes(choice.Trim('{', '}').Split('|')[0]),
            });
        }
        return Escaped([.. filled]);
    }

    private static byte[] TemporaryOf(EntryPath path)
    {
        var name = path.Name.StartsWith("."u8) ? path.Name[1..] : path.Name;
        return path.Parent.IsRoot ? [(byte)'.', .. name, .. ".a1B2c3"u8] : [.. path.Parent.Bytes, .. "/."u8, .. name, .. ".a1B2c3"u8];
    }

    private static string Escaped(byte[] bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEscape = bytes[i] == '\\' && i + 4 < bytes.Length && bytes[i + 1] == '#'
                && bytes.AsSpan(i + 2, 3).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
            if (isEscape || (bytes[i] is < 0x20 or >= 0x7f && bytes[i] != '\t'))
                text.Append("\\#").Append(Convert.ToString(bytes[i], 8).PadLeft(3, '0'));
            else text.Append((char)bytes[i]);
        }
        return text.ToString();
    }

    private static string RowOf(RsyncMessage message)
    {
        var form = $"`{message.Form.Replace("|", "\\|", StringComparison.Ordinal).Replace("`", "'", StringComparison.Ordinal)}`";
        var action = NamesAnEntry(message) && message.Meaning != MessageMeaning.InTheWay ? Words(message.Action) : "";
        var what = message.Meaning switch
        {
            MessageMeaning.Gone => "gone",
            MessageMeaning.FailedOrGone => "gone with error 2, otherwise names it",
            MessageMeaning.InTheWay => "names it, class `inTheWay`",
            MessageMeaning.Harmless => "harmless",
            MessageMeaning.Whole => "names none",
            _ => message.IsTemporary ? "names a temporary file" : "names it",
        };
        return $"| {form} | {message.Source} | {message.Versions} | {action} | {what} |";
    }

    private static string Words(MessageAction action) =>
        Capital().Replace(action.ToString(), match => " " + match.Value.ToLowerInvariant()).Trim();

    private static string ClassesOf(MessageAction action)
    {
        var isInTarget = action
            is not (MessageAction.LookUp or MessageAction.ReadFile or MessageAction.ReadDirectory or MessageAction.CompareContent);
        var rest = ExceptionClasses.Of(action, AnyOther, isInTarget);
        var others = Enumerable.Range(1, 133).Select(error => (Error: error, Class: ExceptionClasses.Of(action, error, isInTarget)))
            .Where(one => one.Class != rest).GroupBy(one => one.Class).OrderBy(group => group.Key)
            .Select(group => $"`{ExceptionClasses.Word(group.Key)}` ({string.Join(", ", group.Select(one => one.Error))})");
        return string.Join(", ", [.. others, $"otherwise `{ExceptionClasses.Word(rest)}`"]);
    }

    private static string Above(string directory) =>
        File.Exists(Path.Combine(directory, "QSplit.slnx")) ? directory : Above(Path.GetDirectoryName(directory)!);

    [GeneratedRegex(@"\{[^{}]+\}", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Parts();

    [GeneratedRegex("[A-Z]", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Capital();
}
