import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { GATES } from "../gates/table.ts";
import { STEPS, stepKind } from "./table.ts";

const beside = (path: string) => existsSync(fileURLToPath(new URL(path, import.meta.url)));

test("every kind of step and of gate has a file of its name and a test beside it", () => {
  for (const kind of Object.keys(STEPS))
    assert.ok(beside(`./${kind}.ts`) && beside(`./${kind}.test.ts`), kind);
  for (const kind of Object.keys(GATES))
    assert.ok(beside(`../gates/${kind}.ts`) && beside(`../gates/${kind}.test.ts`), kind);
});

test("what undoes a step is a step of the table, and is not the point of no return itself", () => {
  const samples = {
    deploy: {},
    shift: { weights: [500], soak: 0, patience: 0 },
    run: { run: ["work"], undo: ["unwork"], timeout: 1, env: [], irreversible: false },
    migrate: { part: "contract", run: ["up"], undo: ["down"], timeout: 1, env: [] },
  } as const;
  for (const kind of Object.keys(samples) as (keyof typeof samples)[]) {
    const undo = stepKind(kind).undo(samples[kind]);
    assert.ok(undo.undo === "steps" && undo.steps.length > 0);
    for (const step of undo.steps) {
      assert.ok(Object.hasOwn(STEPS, step.kind), step.kind);
      const further = stepKind(step.kind as keyof typeof STEPS).undo(step.config);
      assert.notEqual(further.undo, "impossible");
    }
  }
});
