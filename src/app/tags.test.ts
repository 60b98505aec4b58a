import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf, rulesWith } from "#core/versioning/given.fake.ts";
import { linesOf, lineTags } from "#core/versioning/lines.ts";
import type { Repository } from "./ports/outside.ts";
import { freeTags, type Recorded, releaseId, trustTags } from "./tags.ts";

const component = (name: string) => ({
  ...{ tag: `${name}-v{version}`, paths: [name], uses: [] as string[] },
});
const LINES = linesOf(
  rulesWith({ components: { core: component("core"), web: component("web") } }),
);
const [MADE, WRITTEN, ELSEWHERE] = [idOf(1), idOf(2), idOf(3)];

/** A straight line of commits, in which `write` made the one after the released commit. */
const repository = {
  resolve: async (name: string) => {
    if (name === "refs/tags/taken") return ELSEWHERE;
    return name.replace("refs/tags/", "");
  },
  read: async () => ({ text: '{ "version": "4.0.0" }' }),
  contains: async (part: string, whole: string) => part <= whole,
  commits: async (_: string, to: string) => [
    {
      message: to === WRITTEN ? "chore(release): 1.1.0\n\nHoldpoint-Release: shop-1.1.0" : "fix: x",
    },
  ],
} as unknown as Repository;

const RECORDED: Readonly<Record<string, Recorded>> = {
  "shop-1.1.0": {
    ...{ release: "shop-1.1.0", tag: "v1.1.0", commit: MADE },
    components: [{ tag: "web-v0.2.0" }],
  },
  "shop-1.0.0": {
    ...{ release: "shop-1.0.0", tag: "v1.0.0", commit: idOf(0) },
    components: [{ tag: "core-v2.0.0" }],
  },
};

async function trusted(tags: Readonly<Record<string, string>>, known = RECORDED) {
  const found = Object.entries(tags).map(([name, commit]) => ({ name, commit }));
  const answer = await trustTags(lineTags(LINES, found), {
    repository,
    recorded: async (release) => known[release] ?? null,
    ...{ system: "Shop", commit: MADE, first: "0.1.0" },
  });
  return answer.ok ? "trusted" : answer.error[0]?.code;
}
const GOOD = {
  ...{ "v1.0.0": idOf(0), "core-v2.0.0": idOf(0) },
  ...{ "v1.1.0": MADE, "web-v0.2.0": MADE },
};

test("tags are trusted that stand where their release set them, or on the commit that it wrote", async () => {
  assert.equal(await trusted(GOOD), "trusted");
  assert.equal(await trusted({ ...GOOD, "v1.1.0": WRITTEN, "web-v0.2.0": WRITTEN }), "trusted");
});

test("the last tag of any line that has moved is refused, whichever release set it", async () => {
  for (const tag of ["v1.1.0", "web-v0.2.0", "core-v2.0.0"])
    assert.equal(await trusted({ ...GOOD, [tag]: ELSEWHERE }), "tag-moved", tag);
});

test("the commit that a later try wrote names that try", async () => {
  const later = { release: "shop-1.1.0-try-2", tag: "v1.1.0", commit: MADE };
  const tags = { ...GOOD, "v1.1.0": WRITTEN };
  assert.equal(await trusted(tags, { ...RECORDED, "shop-1.1.0": later }), "tag-moved");
});

test("a tag that no release has recorded was set by hand, and counts", async () => {
  assert.equal(await trusted({ ...GOOD, "core-v3.0.0": ELSEWHERE }), "trusted");
  assert.equal(await trusted({ ...GOOD, "core-v2.0.0": ELSEWHERE }, {}), "trusted");
});

test("a version that is claimed is refused only where no line has a tag", async () => {
  assert.equal(await trusted({}), "tags-missing");
  assert.equal(await trusted({ "core-v2.0.0": MADE }), "trusted");
});

test("every tag to be set is free, or stands on the released commit already", async () => {
  assert.ok((await freeTags(repository, [MADE], MADE)).ok);
  const refused = await freeTags(repository, [MADE, "taken"], MADE);
  assert.equal(!refused.ok && refused.error[0]?.code, "tag-exists");
  assert.ok((await freeTags(repository, ["taken"], ELSEWHERE)).ok);
});

test("a release's id is its system in lower case, and its version", () => {
  assert.equal(releaseId(" Dirt Free (CRM) ", "1.4.0"), "dirt-free-crm-1.4.0");
});
