import { Fragment } from "react";
import { type Block, blocksOf, type Inline } from "../model/markdown.ts";
import { Wide } from "./wide.tsx";

/** A document in Markdown of our own making, one level of headings below the page's. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      {blocksOf(text).map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a document have no other name
        <Part key={at} block={block} />
      ))}
    </div>
  );
}

function Part({ block }: { block: Block }) {
  if (block.is === "heading") return <Heading level={block.level} line={block.line} />;
  if (block.is === "paragraph") {
    return (
      <p className="max-w-prose">
        <Line line={block.line} />
      </p>
    );
  }
  if (block.is === "list") {
    return (
      <ul className="grid max-w-prose list-disc gap-1 pl-5">
        {block.items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a document have no other name
          <li key={at}>
            <Line line={item} />
          </li>
        ))}
      </ul>
    );
  }
  return <Table head={block.head} rows={block.rows} />;
}

function Heading({ level, line }: { level: number; line: readonly Inline[] }) {
  const Tag = (["h2", "h3", "h4", "h5"] as const)[Math.min(level, 4) - 1] ?? "h5";
  const size = level === 1 ? "text-xl" : level === 2 ? "mt-4 text-lg" : "mt-2";
  return (
    <Tag className={`font-semibold ${size}`}>
      <Line line={line} />
    </Tag>
  );
}

function Table({ head, rows }: Pick<Extract<Block, { is: "table" }>, "head" | "rows">) {
  return (
    <Wide label="Table">
      <table className="w-full text-left text-sm [&_td]:px-3 [&_td]:py-1.5 [&_th]:px-3 [&_th]:py-2">
        <thead className="text-soft">
          <tr>
            {head.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
              <th key={at} scope="col">
                <Line line={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
            <tr key={at} className="border-t border-line align-top">
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
                <td key={column}>
                  <Line line={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Line({ line }: { line: readonly Inline[] }) {
  return line.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line have no other name
    <Fragment key={at}>
      {part.is === "text" && part.text}
      {part.is === "bold" && <strong>{part.text}</strong>}
      {part.is === "code" && <code className="font-mono">{part.text}</code>}
      {part.is === "break" && <br />}
    </Fragment>
  ));
}
