import { type ReactNode, useEffect, useRef, useState } from "react";
import { windowOf } from "../model/board.ts";

const ROW = 44;

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
      if (box) setSeen({ top: Math.max(0, -box.top), height: window.innerHeight });
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
          {draw(row)}
        </li>
      ))}
    </ul>
  );
}
