import type { Platform } from "#app/ports/outside.ts";
import type { PlatformKind } from "#core/policy/outside.ts";
import type { Policy } from "#core/policy/policy.ts";
import { makeCommand } from "./command.ts";
import { makeLocal } from "./local.ts";
import type { PlatformNeeds } from "./needs.ts";

/** Every kind of platform: one file each, one line here, one line in src/core/policy/outside.ts. */
const PLATFORMS: {
  readonly [Kind in PlatformKind]: (
    config: NonNullable<Policy["environments"][string][Kind]>,
    needs: PlatformNeeds,
  ) => Platform;
} = {
  local: makeLocal,
  command: makeCommand,
};

/** The platform of an environment of a policy; null where the policy names none, which its reader refuses. */
export function platformOf(
  environment: Policy["environments"][string],
  needs: PlatformNeeds,
): Platform | null {
  for (const kind of Object.keys(PLATFORMS) as PlatformKind[]) {
    const platform = make(kind, environment, needs);
    if (platform !== null) return platform;
  }
  return null;
}

function make<Kind extends PlatformKind>(
  kind: Kind,
  environment: Policy["environments"][string],
  needs: PlatformNeeds,
): Platform | null {
  const config = environment[kind];
  return config === undefined ? null : PLATFORMS[kind](config, needs);
}
