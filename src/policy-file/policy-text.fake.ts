/** A small policy without a fault, as its author would write it. */
export const POLICY_TEXT = `holdpoint: 1
system: Shop
roles:
  lead: [lead@example.test, deputy@example.test]
services:
  web: { start: [node, web.ts] }
environments:
  production: { local: { port: 0 } }
gates:
  lint: { check: { run: [npm, run, lint], timeout: 5 min } }
  agreed: { signoff: { roles: { lead: 1 } } }
phases:
  production:
    environment: production
    gates: [lint, agreed]
    steps:
      - deploy: {}
      - shift: { weights: [10 %, 100 %], soak: 1 min }
      - promote: {}
types:
  patch: { bumps: [patch], phases: [production] }
rollback:
  target: 5 min
  on: { health: { failures: 3 } }
`;

/** The text with one thing replaced, which must be in it. */
export function changed(from: string, to: string): string {
  if (!POLICY_TEXT.includes(from)) throw new Error(`the policy text does not say ${from}`);
  return POLICY_TEXT.replace(from, () => to);
}
