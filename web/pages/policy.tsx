import { useQuery } from "@tanstack/react-query";
import type { FileFinding as Finding } from "#app/ports/policy-file.ts";
import { policy } from "../data/queries.ts";
import type { Look } from "../model/tone.ts";
import { Asked } from "../parts/asked.tsx";
import { Badge } from "../parts/badge.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { Nothing } from "../parts/trouble.tsx";
import { Wide } from "../parts/wide.tsx";
import { Compare } from "./policy/compare.tsx";

const LOOKS: Readonly<Record<Finding["severity"], Look>> = {
  error: { tone: "bad", mark: "✗", word: "error" },
  warning: { tone: "wait", mark: "!", word: "warning" },
  note: { tone: "calm", mark: "i", word: "note" },
};

/** The policy that new releases are planned by: the document it stands for, and what is found in it, beside its lines. */
export function Policy() {
  const query = useQuery(policy);
  return (
    <section className="grid grid-cols-1 gap-6">
      <title>Policy · Holdpoint</title>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1>Policy</h1>
        {query.data?.digest && (
          <p className="min-w-0 truncate font-mono text-sm text-soft" title={query.data.digest}>
            {query.data.digest}
          </p>
        )}
      </div>
      <Asked query={query} what="The policy" rows={6}>
        {({ findings, markdown, text }) => (
          <>
            <Findings findings={findings} />
            <Compare />
            {markdown === null ? (
              <Nothing title="It is not sound, so no release can be planned by it." />
            ) : (
              <Markdown text={markdown} />
            )}
            <Text text={text} findings={findings} />
          </>
        )}
      </Asked>
    </section>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) {
    return <p className="text-good">✓ Nothing is found in it.</p>;
  }
  return (
    <section aria-labelledby="findings" className="grid grid-cols-1 gap-2">
      <h2 id="findings">Findings</h2>
      <ul className="grid gap-2">
        {findings.map(({ code, severity, line, column, sentence, counterexample, remedy }) => (
          <li
            key={`${code} ${line} ${column} ${sentence}`}
            className="rounded-lg border border-line bg-card p-3"
          >
            <p className="flex flex-wrap items-center gap-3">
              <Badge look={LOOKS[severity]} />
              <a href={`#line-${line}`} className="font-mono text-sm">
                {line}:{column}
              </a>
              <span className="text-sm text-soft">{code}</span>
            </p>
            <p>{sentence}</p>
            {counterexample && <p className="text-sm text-soft">Such as: {counterexample}</p>}
            <p className="text-sm">{remedy}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Text({ text, findings }: { text: string; findings: readonly Finding[] }) {
  const marked = new Set(findings.map(({ line }) => line));
  return (
    <details>
      <summary className="cursor-pointer font-semibold">The file as it is written</summary>
      <div className="mt-2 grid grid-cols-1">
        <Wide label="The policy file">
          <ol className="grid min-w-max py-2 font-mono text-sm">
            {text.split("\n").map((line, at) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: a line's name is its number
                key={at}
                id={`line-${at + 1}`}
                className={`grid grid-cols-[4rem_1fr] gap-3 pr-4 whitespace-pre target:bg-sunk ${marked.has(at + 1) ? "bg-sunk font-semibold" : ""}`}
              >
                <span className="text-right text-soft select-none">
                  {marked.has(at + 1) ? "▸ " : ""}
                  {at + 1}
                </span>
                <span>{line}</span>
              </li>
            ))}
          </ol>
        </Wide>
      </div>
    </details>
  );
}
