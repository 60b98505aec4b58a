import { redact, spellings } from "./redact.ts";

/** The end of a stream of bytes, with all that came before it only counted. */
export interface Tail {
  add(bytes: Buffer): void;
  /** The kept text without its secrets, after a word on what was left out. */
  text(): string;
}

/** Keeps at most `limit` bytes of text, the last ones, and none of the secrets. */
export function tail(limit: number, secrets: readonly string[]): Tail {
  // A secret may begin before the part that is kept. So as much more is kept as a secret may be long, and cut off once
  // the secrets are out.
  const margin = Math.max(0, ...spellings(secrets).map((secret) => Buffer.byteLength(secret)));
  const chunks: Buffer[] = [];
  let kept = 0;
  let left = 0;

  function add(bytes: Buffer): void {
    chunks.push(bytes);
    kept += bytes.length;
    for (let first = chunks[0]; first !== undefined; first = chunks[0]) {
      if (kept - first.length < limit + margin) break;
      chunks.shift();
      kept -= first.length;
      left += first.length;
    }
  }

  function text(): string {
    const whole = Buffer.concat(chunks);
    const over = Math.max(0, whole.length - limit - margin);
    const clean = Buffer.from(redact(whole.subarray(over).toString(), secrets));
    const cut =
      left + over === 0 && clean.length <= limit ? 0 : Math.max(margin, clean.length - limit);
    if (cut === 0) return clean.toString();
    const rest = clean
      .subarray(cut)
      .toString()
      .replace(/^\uFFFD+/, "");
    return `[${left + over + cut} bytes left out]\n${rest}`;
  }

  return { add, text };
}
