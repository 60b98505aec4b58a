// An iCalendar feed, RFC 5545: lines end in CRLF and are folded at 75 octets, text is escaped, and every time is in UTC,
// so that no time zone definition has to travel along or be trusted.
import type { Instant } from "../base/time.ts";
import type { AgendaEntry } from "./agenda.ts";

/** The feed of some entries. `now` is told as the moment at which it was made. */
export function icalendar(system: string, entries: readonly AgendaEntry[], now: Instant): string {
  const host = slug(system);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Holdpoint//Release calendar//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escaped(`${system} releases`)}`,
    ...entries.flatMap((entry) => event(entry, { host, now })),
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

function event(
  { uid, kind, from, to, title, note }: AgendaEntry,
  { host, now }: { host: string; now: Instant },
): readonly string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}@${host}.holdpoint`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(from)}`,
    ...(to === null ? [] : [`DTEND:${utc(to)}`]),
    `SUMMARY:${escaped(title)}`,
    ...(note === "" ? [] : [`DESCRIPTION:${escaped(note)}`]),
    `CATEGORIES:${kind.toUpperCase()}`,
    `TRANSP:${kind === "window" ? "TRANSPARENT" : "OPAQUE"}`,
    "END:VEVENT",
  ];
}

/** A moment as 20261120T140509Z. */
function utc(at: Instant): string {
  const text = Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: "second" });
  return text.replaceAll(/[-:]/g, "");
}

/**
 * TEXT of section 3.3.11: backslash, semicolon, comma and line ends are escaped; control characters have no place in it.
 * Unicode's own line ends are escaped as well, because some readers end a line there.
 */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll(/\r\n|[\r\n\u2028\u2029]/g, "\\n")
    .replaceAll(/[\p{Cc}]/gu, " ");
}

const LINE = 75;

/** A content line in pieces of at most 75 octets, none of which cuts a character in two; section 3.1. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    const most = pieces.length === 0 ? LINE : LINE - 1;
    if (octets + size > most) {
      pieces.push(piece);
      piece = "";
      octets = 0;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join("\r\n ");
}

/** How many octets one character takes in UTF-8. */
function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "") || "system"
  );
}
