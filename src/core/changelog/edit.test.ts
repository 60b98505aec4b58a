import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FIRST_CHANGELOG, partText, type Written, withRelease, withYanked } from "./edit.ts";
import { readKept } from "./keep.ts";

const kept = (text: string) => {
  const read = readKept(text);
  assert.ok(read.ok, read.ok ? "" : (read.error[0]?.sentence ?? ""));
  return read.value;
};
const release: Written = {
  version: "1.1.0",
  day: "2026-11-21",
  text: "### Added\n\n- vouchers (11111111)\n\n### Fixed\n\n- round (22222222)\n  - see more",
  compare: null,
};
const write = (text: string, more: Partial<Written> = {}) =>
  withRelease(kept(text), { ...release, ...more });

test("a release goes below what is unreleased, and all else stays byte for byte", () => {
  const before = "# Our changelog\t\n\nProse  with   blanks.\n\n## [Unreleased]\n\n";
  const after = "## [1.0.0] - 2026-10-01\n\n### Added\n\n* by  hand\n";
  assert.equal(
    write(before + after),
    `# Our changelog\t\n\nProse  with   blanks.\n\n## [Unreleased]\n\n## [1.1.0] - 2026-11-21\n\n${release.text}\n\n${after}`,
  );
});

test("what people wrote as unreleased moves below the new version, and the commits' lines join its sections", () => {
  const hand = "### Fixed\n\n- by hand: *all* of it\n\n### Known\n\nNothing.";
  const text = write(`# C\n\n## [Unreleased]\n\n${hand}\n\n## [1.0.0] - 2026-10-01\n`);
  assert.equal(
    text,
    "# C\n\n## [Unreleased]\n\n## [1.1.0] - 2026-11-21\n\n### Fixed\n\n- by hand: *all* of it\n- round (22222222)\n  - see more\n\n### Known\n\nNothing.\n\n### Added\n\n- vouchers (11111111)\n\n## [1.0.0] - 2026-10-01\n",
  );
});

test("a line that is there already is not written twice, and writing twice is writing once", () => {
  const text = write("## [Unreleased]\n\n### Added\n\n- vouchers (11111111)\n");
  assert.equal(text.split("vouchers").length, 2);
  assert.equal(write(text), text);
});

test("without an Unreleased part it makes one, above the versions or at the end of the page", () => {
  assert.match(
    write("# C\n\n## [1.0.0] - 2026-10-01\n"),
    /^# C\n\n## \[Unreleased\]\n\n## \[1\.1\.0\] - 2026-11-21\n[\s\S]*\n\n## \[1\.0\.0\]/,
  );
  assert.match(write(FIRST_CHANGELOG), /^# Changelog\n\n## \[Unreleased\]\n\n## \[1\.1\.0\]/);
});

test("addresses: the Unreleased one leads on from the new version, the new one from the version before, others stay", () => {
  const compare = { here: "https://x.test/v1.0.0...v1.1.0", on: "https://x.test/v1.1.0...HEAD" };
  const old = "[1.0.0]: https://x.test/v1.0.0\n";
  const body = "## [Unreleased]\n\n## [1.0.0] - 2026-10-01\n\n";
  const lines = `[Unreleased]: ${compare.on}\n[1.1.0]: ${compare.here}\n`;
  const text = write(`${body}[unreleased]: https://x.test/old\n${old}`, { compare });
  assert.ok(text.endsWith(`## [1.0.0] - 2026-10-01\n\n${lines}${old}`), text);
  assert.ok(write(body + old, { compare }).endsWith(lines + old));
  assert.ok(write(body, { compare }).endsWith(`## [1.0.0] - 2026-10-01\n\n${lines}`));
  assert.ok(write("## [Unreleased]\n", { compare }).endsWith(`more\n\n${lines}`));
});

test("CR LF and a BOM stay, and what is written has the same line ends", () => {
  const text = write("\ufeff# C\r\n\r\n## [Unreleased]\r\n\r\n### Added\r\n\r\n- by hand\r\n");
  assert.ok(text.startsWith("\ufeff# C\r\n"));
  assert.doesNotMatch(text, /[^\r]\n/);
  assert.match(text, /- by hand\r\n- vouchers \(11111111\)\r\n/);
});

test("a withdrawn version is marked in its heading once, with the reason below it; one that is not there changes nothing", () => {
  const text = "## [1.1.0] - 2026-11-21\r\n\r\n- x\r\n## [1.0.0] - 2026-10-01\r\n";
  const yank = (version: string, of = text) =>
    withYanked(kept(of), { version, day: "2026-11-25", reason: "loses *carts*\nuse 1.1.1" });
  const marked = yank("1.1.0");
  const note = "> Withdrawn on 2026-11-25: loses \\*carts\\* use 1.1.1";
  assert.equal(marked, text.replace("21\r\n", `21 [YANKED]\r\n\r\n${note}\r\n`));
  assert.equal(yank("1.1.0", marked), marked);
  assert.equal(yank("3.0.0"), text);
  assert.equal(yank("1.0.0"), `${text.trimEnd()} [YANKED]\r\n\r\n${note}\r\n\r\n`);
  assert.equal(partText(kept(marked), "1.1.0"), `${note}\r\n\r\n- x`);
  assert.equal(partText(kept(marked), "3.0.0"), null);
});

test("whatever people wrote around it stays, and the page can be read again", () => {
  const line = fc.constantFrom(
    "- item",
    "text",
    "",
    "### Added",
    "  indented",
    "> quote",
    "[1.0.0]: https://x.test/",
    "`code`",
  );
  const lines = fc.array(line, { maxLength: 12 });
  const eols = fc.constantFrom("\n", "\r\n");
  fc.assert(
    fc.property(lines, lines, lines, eols, (top, open, below, eol) => {
      const old = ["## [1.0.0] - 2026-10-01", ...below, ""].join(eol);
      const head = [...top, ""].join(eol);
      const text = `${head}## [Unreleased]${eol}${[...open, ""].join(eol)}${old}`;
      const written = write(text);
      assert.ok(written.startsWith(head));
      assert.ok(written.endsWith(old));
      const again = kept(written);
      assert.deepEqual(
        again.parts.map(({ version }) => version),
        [null, "1.1.0", "1.0.0"],
      );
      for (const said of open.filter((one) => one.trim() !== "" && !one.startsWith("[")))
        assert.ok(partText(again, "1.1.0")?.includes(said.trim()));
      assert.equal(write(written), written);
    }),
  );
});
