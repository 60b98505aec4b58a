import type { Span } from "./calendar.ts";

/** The time that any of the spans covers, as spans in order that neither touch nor overlap. */
export function union(spans: readonly Span[]): Span[] {
  const merged: { from: number; to: number }[] = [];
  for (const span of spans.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

/** The part of `spans` that none of `holes` covers; both as `union` gives them. One pass over each. */
export function subtract(spans: readonly Span[], holes: readonly Span[]): Span[] {
  return overlaps(spans, gaps(holes));
}

/** The part of each span that lies within another, leaving out those that do not. */
export function clip(spans: readonly Span[], within: Span): Span[] {
  return overlaps(spans, [within]);
}

function gaps(spans: readonly Span[]): Span[] {
  const starts = [Number.NEGATIVE_INFINITY, ...spans.map(({ to }) => to)];
  return starts.map((from, at) => ({ from, to: spans[at]?.from ?? Number.POSITIVE_INFINITY }));
}

function overlaps(some: readonly Span[], others: readonly Span[]): Span[] {
  const both: Span[] = [];
  let at = 0;
  let other = 0;
  for (;;) {
    const [one, two] = [some[at], others[other]];
    if (one === undefined || two === undefined) return both;
    const [from, to] = [Math.max(one.from, two.from), Math.min(one.to, two.to)];
    if (from < to) both.push({ from, to });
    if (one.to < two.to) at += 1;
    else other += 1;
  }
}
