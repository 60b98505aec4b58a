import assert from "node:assert/strict";
import { test } from "node:test";
import { share } from "./share.ts";

/** Batches that end only when the test says so. */
function held(most: number) {
  const batches: { items: readonly number[]; end: (error?: Error) => void }[] = [];
  const shared = share<number, string>((items) => {
    const { promise, resolve, reject } = Promise.withResolvers<string[]>();
    const end = (error?: Error) =>
      error === undefined ? resolve(items.map((item) => `answer ${item}`)) : reject(error);
    batches.push({ items, end });
    return promise;
  }, most);
  return { batches, shared };
}

async function started(batches: readonly unknown[], count: number): Promise<void> {
  while (batches.length < count) await new Promise((resume) => setImmediate(resume));
}

test("what comes while a batch is under way shares the next one, in order and up to a limit", async () => {
  const { batches, shared } = held(3);
  const answers = [1, 2].map((item) => shared(item));
  await started(batches, 1);
  answers.push(...[3, 4, 5, 6].map((item) => shared(item)));
  batches[0]?.end();
  await started(batches, 2);
  batches[1]?.end();
  await started(batches, 3);
  batches[2]?.end();
  assert.deepEqual(
    await Promise.all(answers),
    [1, 2, 3, 4, 5, 6].map((item) => `answer ${item}`),
  );
  assert.deepEqual(
    batches.map(({ items }) => items),
    [[1, 2], [3, 4, 5], [6]],
  );
});

test("a batch that fails rejects everyone in it and nobody else", async () => {
  const { batches, shared } = held(2);
  const results = Promise.allSettled([1, 2, 3].map((item) => shared(item)));
  await started(batches, 1);
  batches[0]?.end(new Error("lost"));
  await started(batches, 2);
  batches[1]?.end();
  const told = (await results).map((result) =>
    result.status === "fulfilled" ? result.value : result.reason.message,
  );
  assert.deepEqual(told, ["lost", "lost", "answer 3"]);
});

test("it is idle once everything that was asked has been answered", async () => {
  const { batches, shared } = held(1);
  await shared.idle();
  const answers = [shared(1), shared(2)];
  let idle = false;
  const waiting = shared.idle().then(() => {
    idle = true;
  });
  for (const index of [0, 1]) {
    await started(batches, index + 1);
    assert.equal(idle, false);
    batches[index]?.end();
  }
  await waiting;
  assert.deepEqual(await Promise.all(answers), ["answer 1", "answer 2"]);
});
