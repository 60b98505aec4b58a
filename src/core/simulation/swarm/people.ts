// Who is who in the swarm.
export const LEAD = "lead@example.test";
export const QA = "qa@example.test";
export const OTHER = "qa2@example.test";
export const OPS = "ops@example.test";
export const AUTHOR = "author@example.test";
export const REQUESTER = "requester@example.test";
const STRANGER = "stranger@example.test";

export const EVERYONE = [LEAD, QA, OTHER, OPS, AUTHOR, REQUESTER, STRANGER] as const;
