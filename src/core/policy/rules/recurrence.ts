import { quoted } from "../../base/words.ts";
import { ruleFault } from "../../calendar/rule.ts";
import type { Finding, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Every window and freeze says clearly when it comes. */
export const recurrence: Rule = (policy) => {
  const { windows, freezes } = policy.calendar;
  return [
    ...Object.entries(windows).flatMap(([name, { rule, from }]) => [
      ...badRule(rule, ["calendar", "windows", name, "rule"]),
      ...badTime(from, ["calendar", "windows", name, "from"]),
    ]),
    ...Object.entries(freezes).flatMap(([name, freeze]) => ofFreeze(name, freeze)),
  ];
};

function ofFreeze(
  name: string,
  { from, to, rule, for: length }: Policy["calendar"]["freezes"][string],
) {
  const path = ["calendar", "freezes", name];
  const once = to !== undefined && rule === undefined && length === undefined;
  const again = to === undefined && rule !== undefined && length !== undefined;
  return [
    ...(once || again
      ? []
      : [
          error(
            path,
            `the freeze ${quoted(name)} must come once (\`from\`, \`to\`) or again and again (\`from\`, \`rule\`, \`for\`)`,
            "Say the one or the other, not both",
          ),
        ]),
    ...badTime(from, [...path, "from"]),
    ...(to === undefined ? [] : badTime(to, [...path, "to"])),
    ...(rule === undefined ? [] : badRule(rule, [...path, "rule"])),
    ...(to !== undefined && isTime(from) && isTime(to) && to <= from
      ? [
          error(
            [...path, "to"],
            `the freeze ${quoted(name)} ends before it begins`,
            "Exchange `from` and `to`",
          ),
        ]
      : []),
  ];
}

function badRule(rule: string, path: Finding["path"]) {
  const fault = ruleFault(rule);
  return fault === null
    ? []
    : [
        error(
          path,
          `${quoted(rule)} is no recurrence rule: ${fault}`,
          "Write it as RFC 5545 does, such as `FREQ=WEEKLY;BYDAY=TU`",
        ),
      ];
}

function badTime(time: string, path: Finding["path"]) {
  return isTime(time)
    ? []
    : [
        error(
          path,
          `${quoted(time)} is no date and time of the calendar`,
          "Write it such as `2026-01-06T10:00`",
        ),
      ];
}

function isTime(time: string): boolean {
  try {
    return Temporal.PlainDateTime.from(time, { overflow: "reject" }).toString().startsWith(time);
  } catch {
    return false;
  }
}

function error(path: Finding["path"], sentence: string, remedy: string) {
  return { severity: "error" as const, path, sentence, remedy };
}
