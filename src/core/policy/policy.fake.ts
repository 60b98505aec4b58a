import { type Policy, type PolicyText, policyShape } from "./policy.ts";

/** What a change may do to the text: anything, so that a test can break it in its own way. */
// biome-ignore lint/suspicious/noExplicitAny: a test takes a policy apart key by key
export type Loose = any;

/** A small policy without a fault, changed as a test wants it. Shapes stay checked: what is wrong is what it means. */
export function fakePolicy(change: (text: Loose) => void = () => {}): Policy {
  const text: PolicyText = {
    holdpoint: 1,
    system: "Shop",
    roles: {
      lead: ["lead@example.test", "deputy@example.test", "third@example.test"],
      qa: ["qa@example.test", "tester@example.test", "prober@example.test"],
    },
    services: { web: { start: ["node", "web.ts"] } },
    environments: { staging: { local: {} }, production: { after: "staging", local: {} } },
    objectives: { latency: { measure: "p95", most: "300 ms" } },
    calendar: {
      windows: { tuesday: { rule: "FREQ=WEEKLY;BYDAY=TU", from: "2026-01-06T10:00", for: "6 h" } },
    },
    gates: {
      tests: { check: { run: ["npm", "test"] } },
      agreed: { signoff: { roles: { lead: 1, qa: 1 } } },
      tuesday: { window: { in: ["tuesday"] } },
    },
    phases: {
      checks: { gates: ["tests", "agreed"] },
      staging: {
        environment: "staging",
        steps: [{ deploy: {} }, { smoke: { paths: ["/health"] } }, { promote: {} }],
      },
      production: {
        after: ["staging"],
        environment: "production",
        gates: ["tuesday"],
        steps: [
          { migrate: { part: "expand", run: ["npm", "run", "migrate"] } },
          { deploy: {} },
          { shift: { weights: ["10 %", "100 %"] } },
          { watch: { for: "10 min" } },
          { promote: {} },
          { announce: { channel: "team", message: "shipped" } },
        ],
      },
    },
    types: { patch: { bumps: ["patch"], phases: ["checks", "staging", "production"] } },
    rollback: {
      target: "5 min",
      on: { health: {} },
      verify: [{ verify: { of: "stable", paths: ["/health"] } }],
    },
    channels: { team: { console: {} } },
    messages: { shipped: { title: "{{system}} {{version}} is there" } },
  };
  change(text);
  return policyShape.parse(text);
}
