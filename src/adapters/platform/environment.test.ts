import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Target } from "#app/ports/outside.ts";
import {
  admit,
  EMPTY,
  type EnvironmentState,
  find,
  type Moved,
  present,
  promote,
  retire,
  WHOLE,
  weigh,
} from "./environment.ts";
import { routesOf } from "./local/routes.ts";

function target(version: string): Target {
  const services = Object.fromEntries(["web", `own-${version[0]}`].map((name) => [name, {}]));
  return {
    environment: "production",
    release: `r${version}`,
    version,
    commit: "c",
    services: services as unknown as Target["services"],
  };
}

type Move = (state: EnvironmentState) => Moved;
const versions = fc.constantFrom("1.0.0", "2.0.0", "3.0.0").map(target);
const move: fc.Arbitrary<Move> = fc.oneof(
  versions.map(
    (one): Move =>
      (state) =>
        admit(state, one),
  ),
  fc.tuple(versions, fc.integer({ min: 0, max: WHOLE })).map(
    ([one, weight]): Move =>
      (state) =>
        weigh(state, one, weight),
  ),
  versions.map(
    (one): Move =>
      (state) =>
        retire(state, one),
  ),
  versions.map(
    (one): Move =>
      (state) =>
        promote(state, one),
  ),
);
const moves = fc.array(move, { maxLength: 25 });

function after(moves: readonly Move[]): EnvironmentState {
  return moves.reduce((state, move) => {
    const moved = move(state);
    return moved.ok ? moved.value.state : state;
  }, EMPTY);
}

test("an operation done twice is the operation done once", () => {
  fc.assert(
    fc.property(moves, move, (before, move) => {
      const first = move(after(before));
      if (!first.ok) return;
      const second = move(first.value.state);
      assert.deepEqual(second, first);
    }),
    { numRuns: 500 },
  );
});

test("whatever was asked, no version has two places, and only a canary has a weight", () => {
  fc.assert(
    fc.property(moves, (moves) => {
      const state = after(moves);
      const names = [...present(state), ...state.retiring].map(({ name }) => name);
      assert.equal(new Set(names).size, names.length);
      assert.ok(state.weight >= 0 && state.weight <= WHOLE);
      if (state.canary === null) assert.equal(state.weight, 0);
    }),
    { numRuns: 500 },
  );
});

test("the stable version goes only when another one takes its place", () => {
  fc.assert(
    fc.property(moves, move, (before, move) => {
      const state = after(before);
      const moved = move(state);
      if (state.stable !== null && moved.ok) assert.ok(moved.value.state.stable !== null);
    }),
    { numRuns: 500 },
  );
});

test("the weights of every service make a whole, and those of a shared one are the environment's", () => {
  fc.assert(
    fc.property(moves, fc.integer({ min: 0, max: 1 }), (moves, first) => {
      const state = after(moves);
      const { services } = routesOf(state, () => 1234, first * 8000);
      for (const [name, { versions, listen }] of Object.entries(services)) {
        const sum = versions.reduce((sum, { weight }) => sum + weight, 0);
        const onlyFresh = versions.every(({ version }) => version === state.canary?.name);
        assert.equal(sum, onlyFresh && state.weight === 0 ? 0 : WHOLE);
        assert.equal(listen, first === 0 ? 0 : 8000 + state.order.indexOf(name));
        const fresh = versions.find(({ version }) => version === state.canary?.name);
        if (versions.length === 2) assert.equal(fresh?.weight, state.weight);
      }
    }),
    { numRuns: 500 },
  );
});

test("two releases of one version are two versions", () => {
  const one = target("1.0.0");
  const moved = admit(EMPTY, one);
  assert.ok(moved.ok);
  assert.equal(find(moved.value.state, { ...one, release: "another" }), null);
  assert.ok(find(moved.value.state, one) !== null);
});
