import type { Look, Tone } from "../model/tone.ts";

const TONES: Readonly<Record<Tone, string>> = {
  good: "text-good",
  wait: "text-wait",
  bad: "text-bad",
  calm: "text-calm",
  quiet: "text-soft",
};

export function toneClass(tone: Tone): string {
  return TONES[tone];
}

/** A state: a mark, a word and a colour, of which the word says all. */
export function Badge({ look, className = "" }: { look: Look; className?: string }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border border-current/35 px-2 py-0.5 text-xs font-semibold ${TONES[look.tone]} ${className}`}
    >
      <span aria-hidden="true">{look.mark}</span>
      <span>{look.word}</span>
    </span>
  );
}
