using System.Collections.Immutable;

namespace QSplit.Reports;

/// <summary>A part of what is shown of a plan, on a terminal and in Markdown alike.</summary>
/// <param name="Title">What it is about; null for the first.</param>
/// <param name="Table">Its figures; null without any.</param>
/// <param name="Lines">What is said below the table, a sentence each.</param>
internal sealed record PlanSection(string? Title, TextTable? Table, ImmutableArray<string> Lines);
