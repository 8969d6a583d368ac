using System.Buffers.Binary;
using System.Text;

namespace QSplit.Tasks.Tests.Telemetry;

/// <summary>A message of Protocol Buffers, by the numbers of its fields: as much of https://protobuf.dev/programming-guides/encoding/ as is needed here.</summary>
internal sealed class WireMessage
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public WireMessage(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var tag = Varint(bytes.Span, ref at);
            var (value, part) = (0UL, ReadOnlyMemory<byte>.Empty);
            switch (tag & 7)
            {
                case 0:
                    value = Varint(bytes.Span, ref at);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[at..]);
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(bytes.Span, ref at);
                    part = bytes.Slice(at, length);
                    at += length;
                    break;
                case 5:
                    value = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]);
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} at byte {at}.");
            }
            _fields.Add(((int)(tag >> 3), value, part));
        }
    }

    public IEnumerable<WireMessage> Messages(int field) => _fields.Where(f => f.Number == field).Select(f => new WireMessage(f.Bytes));

    public WireMessage? Message(int field) => Messages(field).LastOrDefault();

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    public ulong Number(int field) => _fields.LastOrDefault(f => f.Number == field).Value;

    public bool Has(int field) => _fields.Any(f => f.Number == field);

    private ReadOnlyMemory<byte> Bytes(int field) => _fields.LastOrDefault(f => f.Number == field).Bytes;

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
