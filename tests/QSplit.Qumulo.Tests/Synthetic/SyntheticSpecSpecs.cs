using QSplit.Emulator.Synthetic;
using QSplit.Manifests;

namespace QSplit.Qumulo.Tests.Synthetic;

public sealed class SyntheticSpecSpecs
{
    [Theory]
    [InlineData("synthetic:files=1e9,seed=7", "synthetic:files=1000000000,seed=7,shape=projects,bytes=262144000000000,changes=0")]
    [InlineData("synthetic:files=1000000", "synthetic:files=1000000,seed=1,shape=projects,bytes=262144000000,changes=0")]
    [InlineData("synthetic: seed=0 , shape=deep, files=2.5e3,bytes=1GiB,changes=12", "synthetic:files=2500,seed=0,shape=deep,bytes=1073741824,changes=12")]
    [InlineData("synthetic:files=1e12,bytes=2000000000000000001", "synthetic:files=1000000000000,seed=1,shape=projects,bytes=2000000000000000000,changes=0")]
    public Task I_can_say_what_the_tree_is_like_and_read_it_back(string text, string whole)
    {
        SyntheticSpec.Parse(text).ToString().ShouldBe(whole);
        SyntheticSpec.Parse(whole).ShouldBe(SyntheticSpec.Parse(text));
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("synthetic:seed=7", "how many files")]
    [InlineData("synthetic:", "how many files")]
    [InlineData("synthetic:files", "files is ''")]
    [InlineData("synthetic:files=many", "files is 'many', which is no whole number")]
    [InlineData("synthetic:files=1000.5", "files is '1000.5', which is no whole number")]
    [InlineData("synthetic:files=-1e9", "files is '-1e9', which is no whole number")]
    [InlineData("synthetic:files=999", "files is 999; it must be from 1000 to 1000000000000")]
    [InlineData("synthetic:files=1e13", "it must be from 1000 to 1000000000000")]
    [InlineData("synthetic:files=1e400", "files is '1e400'")]
    [InlineData("synthetic:files=1e8,shape=flat", "it must be from 1000 to 10000000 here")]
    [InlineData("synthetic:files=1e9,sede=7", "'sede' is not known; did you mean 'seed'?")]
    [InlineData("synthetic:files=1e9,files=1e6", "'files' is there twice")]
    [InlineData("synthetic:files=1e9,shape=flatt", "shape is 'flatt', which is not known; did you mean 'flat'?")]
    [InlineData("synthetic:files=1e9,bytes=1kB", "must be from 8192000000000 (two blocks a file)")]
    [InlineData("synthetic:files=1e9,bytes=lots", "bytes is 'lots', which is no size")]
    [InlineData("synthetic:files=1e4,changes=2e3", "changes is 2000; it must be from 0 to 1000")]
    [InlineData("/mnt/data", "does not start with 'synthetic:'")]
    public Task What_is_wrong_is_said_with_what_would_do(string text, string why)
    {
        var message = Should.Throw<ManifestException>(() => SyntheticSpec.Parse(text)).Message;
        message.ShouldContain($"The tree '{text}' cannot be made: ");
        message.ShouldContain(why);
        message.ShouldEndWith("synthetic:files=1e9,seed=7");
        return Task.CompletedTask;
    }
}
