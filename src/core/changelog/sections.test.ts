import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf } from "./given.fake.ts";
import { CHANGELOG_SECTIONS, inSections, type Section } from "./sections.ts";

const placed = (sections: readonly Section[], ...messages: string[]) =>
  Object.fromEntries(
    inSections(changesOf(...messages), sections)
      .filter(([, there]) => there.length > 0)
      .map(([{ title }, there]) => [title, there.map(({ message }) => message.description)]),
  );

test("AA-20: the section that knows a change best has it: label, footer, scope, breaking, type; the first of equals", () => {
  const sections: readonly Section[] = [
    { title: "New features", take: [{ types: ["feat"] }] },
    { title: "Also features", take: [{ types: ["feat"] }] },
    { title: "Breaking", take: [{ breaking: true }] },
    { title: "API changes", take: [{ scopes: ["api"] }] },
    { title: "Security updates", take: [{ labels: ["security"] }, { types: ["security"] }] },
    { title: "Upgrade notes", take: [{ footers: ["upgrade"] }] },
    { title: "Rest", take: [{}] },
  ];
  assert.deepEqual(
    placed(
      sections,
      "feat: plain",
      "feat!: breaks",
      "feat(api)!: endpoint",
      "feat(api): told\n\nUpgrade: run it twice",
      "fix(api): closed\n\nLabels: urgent, security\nUpgrade: x",
      "docs: words",
    ),
    {
      "New features": ["plain"],
      Breaking: ["breaks"],
      "API changes": ["endpoint"],
      "Security updates": ["closed"],
      "Upgrade notes": ["told"],
      Rest: ["words"],
    },
  );
});

test("DF-32: the usual changelog has Added, Changed, Fixed and Security; what users do not see is left out", () => {
  assert.deepEqual(
    placed(
      CHANGELOG_SECTIONS,
      "feat: a",
      "fix: b",
      "perf: c",
      "fix(security): d",
      "security: e",
      "feat!: f",
      "docs: g",
      "chore: h",
    ),
    { Added: ["a"], Changed: ["c", "f"], Fixed: ["b"], Security: ["d", "e"] },
  );
});
