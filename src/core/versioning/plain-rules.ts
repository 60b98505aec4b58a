import { DEFAULTS } from "./rules.ts";
import type { VersioningRules } from "./shape.ts";

/** The rules where nobody has written any: what the shape of the rules fills in, without loading the shape. */
export const PLAIN_RULES: VersioningRules = {
  ...DEFAULTS,
  line: [],
  paths: [],
  periods: [],
  components: {},
  branches: {},
  back: "warn",
  messages: { types: [], scopes: [], length: 100 },
};
