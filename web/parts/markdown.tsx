import { Fragment } from "react";
import { type Block, blocksOf, type Inline } from "../model/markdown.ts";
import { Row, Table } from "./table.tsx";

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
            <Line line={item.line} />
            {item.below.length > 0 && (
              <ul className="grid gap-0.5 pl-4">
                {item.below.map((line, number) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a document have no other name
                  <li key={number}>
                    <Line line={line} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    );
  }
  return <TableOf head={block.head} rows={block.rows} />;
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

function TableOf({ head, rows }: Pick<Extract<Block, { is: "table" }>, "head" | "rows">) {
  return (
    // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
    <Table label="Table" head={head.map((cell, at) => <Line key={at} line={cell} />)}>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
        <Row key={at}>
          {row.map((cell, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
            <td key={column}>
              <Line line={cell} />
            </td>
          ))}
        </Row>
      ))}
    </Table>
  );
}

function Line({ line }: { line: readonly Inline[] }) {
  return line.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line have no other name
    <Fragment key={at}>
      {part.is === "text" && part.text}
      {part.is === "bold" && <strong>{part.text}</strong>}
      {part.is === "soft" && <span className="text-soft">{part.text}</span>}
      {part.is === "code" && <code className="font-mono">{part.text}</code>}
      {part.is === "break" && <br />}
    </Fragment>
  ));
}
