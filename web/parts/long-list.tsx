import { memo, type ReactNode, useEffect, useRef, useState } from "react";
import { windowOf } from "../model/board.ts";

const ROW = 44;
const STEP = 8 * ROW;

/** A list of any length, of which only what is seen is drawn. It scrolls with the page. */
export function LongList<Row>({
  label,
  rows,
  keyOf,
  draw,
  atEnd,
}: {
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  draw: (row: Row) => ReactNode;
  /** Called when the reader comes near the end of what is there. */
  atEnd: () => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const look = () => {
      const box = list.current?.getBoundingClientRect();
      if (box === undefined) return;
      // Drawn anew only every few rows: those that are spare cover the way between.
      const top = Math.floor(Math.max(0, -box.top) / STEP) * STEP;
      const height = window.innerHeight + STEP;
      setSeen((was) => (was.top === top && was.height === height ? was : { top, height }));
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, []);
  const { from, to, above, below } = windowOf(rows.length, { ...seen, row: ROW });
  const nearEnd = to >= rows.length - 20;
  useEffect(() => {
    if (nearEnd) atEnd();
  });
  return (
    <ul
      ref={list}
      aria-label={label}
      className="rounded-lg border border-line bg-card"
      style={{ paddingTop: above, paddingBottom: below }}
    >
      {rows.slice(from, to).map((row, at) => (
        <li
          key={keyOf(row)}
          aria-posinset={from + at + 1}
          aria-setsize={-1}
          className="border-b border-line last:border-b-0"
          style={{ height: ROW }}
        >
          <Drawn row={row} draw={draw as (row: unknown) => ReactNode} />
        </li>
      ))}
    </ul>
  );
}

/** A row that was drawn stays as it is while others come and go. */
const Drawn = memo(function Drawn({
  row,
  draw,
}: {
  row: unknown;
  draw: (row: unknown) => ReactNode;
}) {
  return draw(row);
});
