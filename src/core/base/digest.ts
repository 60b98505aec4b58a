// The one `node:` import in core: SHA-256 is a pure function of its argument.
import { hash } from "node:crypto";
import { canonical } from "./canonical.ts";

/** A SHA-256 in lower-case hexadecimal, 64 characters. */
export type Digest = string;

/** SHA-256 of the UTF-8 bytes of a text. */
export function digestText(text: string): Digest {
  return hash("sha256", text, "hex");
}

/** SHA-256 of a value's canonical encoding: equal values have equal digests, whatever the order of their keys. */
export function digestOf(value: unknown): Digest {
  return digestText(canonical(value));
}
