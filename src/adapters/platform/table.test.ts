import assert from "node:assert/strict";
import { test } from "node:test";
import { platformShapes } from "#core/policy/outside.ts";
import type { PlatformNeeds } from "./needs.ts";
import { platformOf } from "./table.ts";

const needs = { folder: "/nowhere", repository: { root: "/nowhere" } } as PlatformNeeds;

test("every kind of platform that a policy can name can be made", () => {
  const argv = ["true"];
  const command = {
    deploy: argv,
    weigh: argv,
    retire: argv,
    promote: argv,
    measure: argv,
    probe: argv,
  };
  const written = { local: {}, command };
  for (const kind of Object.keys(platformShapes) as (keyof typeof platformShapes)[]) {
    const config = platformShapes[kind].shape.parse(written[kind]);
    const platform = platformOf({ services: [], [kind]: config }, needs);
    assert.equal(typeof platform?.deploy, "function", kind);
  }
  assert.equal(platformOf({ services: [] }, needs), null);
});
