import assert from "node:assert/strict";
import { test } from "node:test";
import { type CommitRecord, standing } from "./reverts.ts";

/** A line of commits, oldest first as they are written; given to `standing` newest first, as git lists them. */
function line(...messages: (string | ((ids: string[]) => string))[]): CommitRecord[] {
  const ids = messages.map((_, at) =>
    String(at + 1)
      .repeat(40)
      .slice(0, 40),
  );
  return messages
    .map((message, at) => ({
      id: ids[at] ?? "",
      parents: at === 0 ? [] : [ids[at - 1] ?? ""],
      author: "dev@example.test",
      message: typeof message === "string" ? message : message(ids),
    }))
    .reverse();
}
const left = (commits: CommitRecord[]) => standing(commits).map(({ message }) => message.header);
const revertOf = (header: string, at: number) => (ids: string[]) =>
  `Revert "${header}"\n\nThis reverts commit ${ids[at]}.`;

test("a revert takes itself and its target away", () => {
  assert.deepEqual(left(line("fix: a", "feat: b", revertOf("feat: b", 1))), ["fix: a"]);
});

test("a revert that was reverted takes nothing away", () => {
  const again = (ids: string[]) => `Reapply "feat: b"\n\nThis reverts commit ${ids[1]}.`;
  assert.deepEqual(left(line("feat: b", revertOf("feat: b", 0), again)), ["feat: b"]);
  const twice = revertOf('Revert "feat: b"', 1);
  assert.deepEqual(left(line("feat: b", revertOf("feat: b", 0), twice)), ["feat: b"]);
  const thrice = revertOf('Revert "Revert "feat: b""', 2);
  assert.deepEqual(left(line("feat: b", revertOf("feat: b", 0), twice, thrice)), []);
});

test("a revert of something outside the range stands", () => {
  const old = 'Revert "feat: old"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.';
  assert.deepEqual(left(line("fix: a", old)), ['Revert "feat: old"', "fix: a"]);
});

test("a target is found by the first digits of its id, if they are of one commit only", () => {
  assert.deepEqual(left(line("feat: b", 'Revert "feat: b"\n\nThis reverts commit 1111111.')), []);
  const [second, first] = line("feat: b", "x");
  assert.ok(first && second);
  const alike = [
    { ...second, id: `1111111${"2".repeat(33)}` },
    { ...first, id: "1".repeat(40) },
  ];
  const revert = {
    ...second,
    id: "9".repeat(40),
    message: 'Revert "feat: b"\n\nThis reverts commit 1111111.',
  };
  assert.equal(left([revert, ...alike]).length, 3);
});

test("a target is found by the Refs of a conventional revert", () => {
  const revert = (ids: string[]) =>
    `revert: let us not\n\nRefs: ${ids[0]?.slice(0, 8)}, ${ids[1]?.slice(0, 8)}`;
  assert.deepEqual(left(line("feat: a", "fix: b", revert)), []);
  const half = (ids: string[]) => `revert: let us not\n\nRefs: ${ids[0]}, abcdef12`;
  assert.deepEqual(left(line("feat: a", half)), ["revert: let us not"]);
});

test("a target without an id is found by its pull request, else by its header", () => {
  const byPull = 'Revert "feat: a (#12)" (#13)\n\nReverts example/shop#12';
  assert.deepEqual(left(line("feat: a (#12)", "fix: b (#9)", byPull)), ["fix: b (#9)"]);
  assert.deepEqual(left(line("feat: a (#12)", 'Revert "feat: a (#12)" (#13)')), []);
  assert.deepEqual(left(line("feat: a", "revert: feat: a")), []);
  assert.deepEqual(left(line('Revert "feat: a"', "feat: a")), ["feat: a", 'Revert "feat: a"']);
});

test("words about a revert in a commit that is none take nothing away", () => {
  const talk = (ids: string[]) => `fix: c\n\nThis reverts commit ${ids[0]} in spirit.`;
  assert.deepEqual(left(line("feat: a", talk)), ["fix: c", "feat: a"]);
});

const commit = (id: string, parents: string[], message: string): CommitRecord => ({
  id: id.repeat(40),
  parents: parents.map((parent) => parent.repeat(40)),
  author: "dev@example.test",
  message,
});

test("a merge repeats what it brings, so it is left out", () => {
  const commits = [
    commit("4", ["1", "3"], "Merge pull request #7 from shop/cart\n\nfeat: cart"),
    commit("3", ["1"], "feat: cart"),
    commit("1", [], "chore: begin"),
  ];
  assert.deepEqual(left(commits), ["feat: cart", "chore: begin"]);
  const titled = [commit("4", ["1", "3"], "feat: cart (#7)"), ...commits.slice(1)];
  assert.deepEqual(left(titled), ["feat: cart", "chore: begin"]);
});

test("a merge whose conventional header no commit has is where the change is told, so it counts", () => {
  const commits = [
    commit("4", ["1", "3"], "feat: cart\n\nBREAKING CHANGE: baskets are gone"),
    commit("3", ["1"], "typo"),
    commit("1", [], "chore: begin"),
  ];
  assert.deepEqual(left(commits), ["feat: cart", "typo", "chore: begin"]);
});

test("a revert of a merge takes away all that the merge brought, and no more", () => {
  const graph = [
    commit("4", ["2", "3"], "Merge pull request #7 from shop/cart"),
    commit("3", ["5"], "feat: cart"),
    commit("5", ["1"], "feat: voucher"),
    commit("2", ["1"], "fix: price"),
    commit("1", [], "chore: begin"),
  ];
  const message = `Revert "Merge pull request #7 from shop/cart"\n\nThis reverts commit ${"4".repeat(40)}, reversing\nchanges made to ${"2".repeat(40)}.`;
  assert.deepEqual(left([commit("6", ["4"], message), ...graph]), ["fix: price", "chore: begin"]);
  const byPull = 'Revert "Shopping cart"\n\nReverts example/shop#7';
  assert.deepEqual(left([commit("6", ["4"], byPull), ...graph]), ["fix: price", "chore: begin"]);
});
