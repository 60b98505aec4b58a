// docs/verifier.md: what `holdpoint check` proves, over which model. The rules and what they promise come from their table.
import {
  MOST,
  MOST_DAYS,
  MOST_OF_ALL,
  MOST_OF_TYPE,
  MOST_OPENINGS,
} from "#core/policy/rules/size.ts";
import { RULES } from "#core/policy/rules/table.ts";
import { MAX_BYTES } from "#policy-file/read.ts";

export function verifierPage(): string {
  const rows = Object.entries(RULES).map(([name, rule]) => ({ name, ...rule }));
  const table = (proof: "proven" | "sampled") =>
    [
      "| rule | where it finds nothing, then ... | gone through |",
      "| --- | --- | --- |",
      ...rows
        .filter((row) => row.proof === proof)
        .map(({ name, promise, over }) => `| \`${name}\` | ${promise} | ${over} |`),
    ].join("\n");
  return `${[
    INTRODUCTION,
    "## Proven",
    "All cases of a finite model are gone through. Where such a rule finds nothing, there is nothing of the kind in the model.",
    table("proven"),
    "## Sampled",
    "Some cases are tried. What these rules find is wrong; where they find nothing, it may still be.",
    table("sampled"),
    LIMITS,
  ].join("\n\n")}\n`;
}

const INTRODUCTION = `# The verifier

<!-- Written by \`npm run generate\` from src/core/policy/rules/table.ts; changes here are lost. -->

\`holdpoint check\` holds a policy against itself before it runs: what it promises against what it does, its sign-offs against
its roster, its cadences against each other. Each rule is one file in \`src/core/policy/rules/\`, with a test beside it.

A finding has the rule that made it, a severity, its place in the file, one sentence, a case in which it shows (on a date,
where time has a part in it) and a remedy. An **error** keeps releases from being planned; a **warning** is told; a **note**
is good to know. \`policies/*/FINDINGS.md\` shows what is found in five release documents as they are written.

## The model

- **Time of work**: each step at the longest that it may take, or the \`longest\` of its phase. People's answers take no time;
  what a \`notice\` or a \`soak\` asks for does. A day has 24 hours.
- **Phases**: each release type with its phases in order, each as early as it opens.
- **People**: the roster, with each single person away or the author of the release; or one away and another the author; not two away at once.
- **The calendar**: every opening of ten years, in the zones with their changes of clocks. They begin today;
  where no day is given, as for FINDINGS.md, with the latest first opening that the policy states.
- **The way back**: derived from each step of each type; the time that the judge needs to see that something is wrong comes
  before it and is told beside it.
- **What the document states**: \`targets\`, \`promotion\`, \`branches\`, \`starts\`, \`tag\`, \`decided-by\`, \`only\`, \`retention\` and
  \`flags\` change nothing of a release. They are there to be held against what the policy does.

What a command does, whether a person tells the truth, and what a platform makes of a request is outside the model.`;

const LIMITS = `## Limits

A policy is read up to ${MAX_BYTES / 1024} KiB. So that a check takes no longer than a second, it goes through at most ${MOST_OF_TYPE} steps of a release type
and ${MOST_OF_ALL} of all; ${MOST.types} release types, ${MOST.targets} targets and ${MOST.roles} roles; ${MOST_DAYS.toLocaleString("en")} pairs of a sign-off and an absence; and ${MOST_OPENINGS.toLocaleString("en")} openings
of ten years, for all types together. A policy with more is an error (\`size\`), and no other rule is asked.

\`bench fuzz\` breaks policies from seeds and looks whether each gets a verdict or diagnostics with their places.`;
