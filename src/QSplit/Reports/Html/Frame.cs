namespace QSplit.Reports.Html;

/// <summary>A place in a drawing, from its upper left corner.</summary>
internal readonly record struct Frame(double X, double Y, double Width, double Height)
{
    public double Area => Width * Height;

    public double Right => X + Width;

    public double Bottom => Y + Height;

    /// <summary>What is left inside of these margins; never less than nothing.</summary>
    public Frame Inside(double margin, double top) => new(
        X + Math.Min(margin, Width / 2),
        Y + Math.Min(top, Height),
        Math.Max(0, Width - (2 * margin)),
        Math.Max(0, Height - top - margin));
}
