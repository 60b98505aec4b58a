import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { element, empty, escaped } from "./markup.ts";
import { readXml } from "./xml.fake.ts";

describe("markup: whatever is text becomes text", () => {
  it("comes out of a real XML parser as it went in, as content and as an attribute", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        '"><script>alert(1)</script>',
        "'--><!--",
        "]]>",
        "&amp;",
        "</p>",
        "<!DOCTYPE",
      ),
    );
    fc.assert(
      fc.property(text, (said) => {
        // XML reads line ends and white space in attributes in its own way: what is kept is everything else.
        const plain = (of: string) => of.replaceAll(/[\s\ufffd]|[^\P{Cc}]|[\ufffe\uffff]/gu, "");
        const node = readXml(element("p", { title: said }, said).markup);
        assert.equal(plain(node.text), plain(said.toWellFormed()));
        assert.equal(plain(node.attributes["title"] ?? ""), plain(said.toWellFormed()));
        assert.deepEqual(node.children, []);
      }),
      { numRuns: 100 },
    );
  });

  it("leaves no sign that begins markup or ends an attribute", () => {
    fc.assert(
      fc.property(fc.string(), (said) => {
        assert.doesNotMatch(escaped(said).replaceAll(/&#\d+;/g, ""), /[&<>"']/);
      }),
    );
  });

  it("takes signs that XML does not know for missing ones", () => {
    assert.equal(escaped("a\u0000b\u000bc\ufffed\ud800e"), "a\ufffdb\ufffdc\ufffdd\ufffde");
  });

  it("leaves out what is null", () => {
    assert.equal(element("p", { id: null }, null, "x", []).markup, "<p>x</p>");
    assert.equal(empty("meta", { a: "1", b: null }).markup, '<meta a="1" />');
  });
});
