import type { Append, BoardRow } from "#app/ports/store.ts";
import { canonical, type Json } from "#core/base/canonical.ts";

const LONGEST_NAME = 1000;
/** Characters of the canonical encoding of one event's data or one intent's body. */
const LONGEST_JSON = 1_000_000;
const MOST = 10_000;

/**
 * Looks at an append before it joins others in a transaction: what no database could keep must not break theirs.
 * @throws {RangeError} for an append that breaks a limit, which is a bug in the caller.
 * @throws {TypeError} for a value that JSON cannot say, which is one too.
 */
export function checkAppend(append: Append): void {
  checkName(append.stream, "stream");
  checkCount(append.expected, "expected");
  if (append.request !== undefined) checkName(append.request, "request");
  if (append.wakeAt !== null) checkMoment(append.wakeAt, "wakeAt");
  if (append.events.length > MOST) throw new RangeError(`More than ${MOST} events in one append`);
  if (append.intents.length > MOST) throw new RangeError(`More than ${MOST} intents of one stream`);
  for (const event of append.events) checkEvent(event);
  checkIntents(append.intents);
  if (append.row !== null) checkRow(append.row);
}

/** Text that both databases keep as it is: not too long, no NUL, no half of a surrogate pair. */
export function checkName(text: string, what: string): void {
  if (text.length > LONGEST_NAME) {
    throw new RangeError(`${what} is longer than ${LONGEST_NAME} characters`);
  }
  if (text.includes("\0") || !text.isWellFormed()) {
    throw new RangeError(`${what} is not well-formed text: ${JSON.stringify(text)}`);
  }
}

/** How many are asked for at most, or a place in the journal. */
export function checkCount(count: number, what: string): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`${what} is not a whole number from 0 up: ${count}`);
  }
}

export function checkMoment(at: number, what: string): void {
  if (!Number.isSafeInteger(at))
    throw new RangeError(`${what} is not in whole milliseconds: ${at}`);
}

function checkEvent(event: Append["events"][number]): void {
  checkName(event.type, "an event's type");
  checkCount(event.version, "an event's version");
  checkMoment(event.at, "an event's at");
  checkName(event.by, "an event's by");
  checkJson(event.data, `the data of ${event.type}`);
}

function checkIntents(intents: Append["intents"]): void {
  const ids = new Set<string>();
  for (const { id, due, body } of intents) {
    checkName(id, "an intent's id");
    if (ids.has(id)) throw new RangeError(`Intent ${id} stands twice in one append`);
    ids.add(id);
    checkMoment(due, `due of ${id}`);
    checkJson(body, `the body of ${id}`);
  }
}

function checkRow(row: BoardRow): void {
  for (const key of ["release", "system", "type", "version", "status", "phase"] as const) {
    checkName(row[key], `the row's ${key}`);
  }
  checkMoment(row.plannedAt, "the row's plannedAt");
  checkMoment(row.updatedAt, "the row's updatedAt");
}

function checkJson(value: Json, what: string): void {
  const { length } = canonical(value);
  if (length > LONGEST_JSON) {
    throw new RangeError(`${what} takes ${length} characters, more than ${LONGEST_JSON}`);
  }
}
