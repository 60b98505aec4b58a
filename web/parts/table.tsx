import type { ReactNode } from "react";
import { Wide } from "./wide.tsx";

/** A table in a frame of its own, which scrolls by itself where it is wider than the page. */
export function Table({
  label,
  head,
  children,
}: {
  label: string;
  head: readonly ReactNode[];
  /** Rows. */
  children: ReactNode;
}) {
  return (
    <Wide label={label}>
      <table className="w-full text-left text-sm [&_td]:px-3 [&_td]:py-1.5 [&_th]:px-3 [&_th]:py-2">
        <thead className="text-soft">
          <tr>
            {head.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
              <th key={at} scope="col" className="font-medium">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Wide>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <tr className="border-t border-line align-top">{children}</tr>;
}

/** Figures side by side: a name at the left, numbers at the right of each column. */
export function Figures({
  caption,
  head,
  rows,
}: {
  /** For those who listen; the heading above says it to those who see. */
  caption: string;
  head: readonly string[];
  rows: readonly {
    readonly key: string | number;
    readonly name: ReactNode;
    readonly cells: readonly ReactNode[];
  }[];
}) {
  return (
    <table className="w-full text-left text-sm tabular-nums [&_td]:py-1 [&_td]:pl-3 [&_td]:text-right [&_th]:py-1 [&_th]:font-medium [&_th+th]:pl-3 [&_th+th]:text-right">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-soft">
        <tr>
          {head.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, cells }) => (
          <tr key={key} className="border-t border-line">
            <th scope="row">{name}</th>
            {cells.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell's name is its column
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
