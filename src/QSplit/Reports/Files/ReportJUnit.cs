using System.Globalization;
using System.Text;
using System.Xml;

namespace QSplit.Reports.Files;

/// <summary><c>report.junit.xml</c>: a test a bucket, for the pages that CI systems make of tests; pure.</summary>
internal static class ReportJUnit
{
    public static string Write(ReportDocument report)
    {
        var cases = JUnitCase.Of(report).ToList();
        using var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", CloseOutput = false }))
        {
            xml.WriteStartElement("testsuites");
            Counts(xml, "qsplit", report, cases);
            xml.WriteStartElement("testsuite");
            Counts(xml, report.Status.Migration, report, cases);
            if (report.Run is { } run) xml.WriteAttributeString("timestamp", run.Began.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            foreach (var one in cases) Write(xml, $"qsplit.{report.Status.Migration}", one);
            xml.WriteElementString("system-out", Valid($"{report.Status.Words}{(report.Status.Next is { } next ? $"\n{next}" : "")}"));
        }
        return text + "\n";
    }

    private static void Counts(XmlWriter xml, string name, ReportDocument report, List<JUnitCase> cases)
    {
        xml.WriteAttributeString("name", Valid(name));
        xml.WriteAttributeString("tests", $"{cases.Count}");
        xml.WriteAttributeString("failures", $"{cases.Count(one => one.Failure is not null)}");
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", $"{cases.Count(one => one.Skipped is not null)}");
        xml.WriteAttributeString("time", Seconds(report.Run is { } run ? (run.Ended - run.Began).TotalSeconds : 0));
    }

    private static void Write(XmlWriter xml, string suite, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Valid(one.Name));
        xml.WriteAttributeString("classname", Valid(suite));
        xml.WriteAttributeString("time", Seconds(one.Seconds));
        if (one.Failure is { } failure)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Valid(failure));
            xml.WriteString(Valid(one.Details));
            xml.WriteEndElement();
        }
        else if (one.Skipped is { } why)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Valid(why));
            xml.WriteEndElement();
        }
        else if (one.Details.Length > 0)
        {
            xml.WriteElementString("system-out", Valid(one.Details));
        }
        xml.WriteEndElement();
    }

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    // There are characters that XML cannot carry, escaped or not.
    private static string Valid(string text)
    {
        var valid = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) valid.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) valid.Append(text[i]).Append(text[++i]);
            else valid.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
        }
        return valid.ToString();
    }

    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
