/** What the templates of messages can speak of: `{{version}}` and so on. Whoever renders a message fills in each of them. */
export const PLACEHOLDERS = {
  system: "the name of the system",
  release: "the id of the release",
  version: "the version that is released",
  previous: "the version that served before",
  type: "the release type",
  tag: "the tag of the version",
  components: "the components that go out, each with its version, in one line",
  commit: "the commit that is released",
  phase: "the phase that the release is in",
  environment: "the environment of that phase",
  status: "what state the release is in",
  reason: "why it came to this: what holds it, what made it turn back",
  at: "the moment, in the policy's zone",
  zero: "T-0, in the policy's zone",
  by: "who caused it",
  incident: "the incident that was named when it was planned",
  severity: "of an alert: critical, warning or info",
  cause: "of an alert: what is wrong, in one word",
  state: "of an alert: raised, or resolved once it is over",
  features: "the new features, one line each",
  fixes: "the mended faults, one line each",
} as const;

export type Placeholder = keyof typeof PLACEHOLDERS;

/** Every `{{...}}` of a template, as it is written between the braces. */
export function placeholdersIn(template: string): readonly string[] {
  return [...template.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, name = ""]) => name.trim());
}
