import type { ReactNode } from "react";
import { Offline, Refusal } from "../data/ask.ts";
import { Button } from "./button.tsx";

const ASKED_AGAIN = "This page asks again by itself, as soon as it is back.";
const NOT_KNOWN =
  "It is not known whether this arrived: look at what is shown before you do it again.";

/** What went wrong, in one sentence, and what to do about it. */
export function Trouble({ error, again }: { error: Error; again?: () => void }) {
  const [title, remedy] =
    error instanceof Refusal
      ? [error.message, error.remedy]
      : error instanceof Offline
        ? [error.message, again ? ASKED_AGAIN : NOT_KNOWN]
        : ["This page has a fault.", "Load it again; if it stays, report what you did."];
  return (
    <div role="alert" className="rounded-lg border border-bad/40 bg-card p-4">
      <p className="font-semibold text-bad">{title}</p>
      <p className="text-soft">{remedy}</p>
      {again && (
        <Button className="mt-3" onClick={again}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Said where there is nothing to show, with what would change that. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="rounded-lg border border-dashed border-line px-4 py-8 text-center">
      <p className="font-semibold">{title}</p>
      {children && <div className="mt-1 text-soft">{children}</div>}
    </div>
  );
}

/** Holds the place of what is on its way. */
export function Loading({ what, rows = 3 }: { what: string; rows?: number }) {
  return (
    <div role="status" aria-label={`${what} is loading`} className="grid gap-2">
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <div key={key} className="h-12 motion-safe:animate-pulse rounded-lg bg-sunk" />
      ))}
    </div>
  );
}
