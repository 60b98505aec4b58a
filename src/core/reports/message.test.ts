import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fill } from "./message.ts";

const plain = (text: string) => text;
const html = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

test("each name in double braces becomes its fact", () => {
  assert.equal(
    fill("{{system}} {{ version }}!", { system: "A", version: "1.0.0" }, plain),
    "A 1.0.0!",
  );
});

test("an unknown name becomes nothing, also one that every object has", () => {
  assert.equal(fill("[{{nobody}}{{constructor}}]", {}, plain), "[]");
});

test("every fact is made safe for its channel, the template is the policy's own", () => {
  const reason = `<script>alert("x")</script>`;
  assert.equal(
    fill("<b>{{reason}}</b>", { reason }, html),
    "<b>&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;</b>",
  );
});

test("a fact is never read as a template, and its dollar signs mean nothing", () => {
  const facts = { reason: "{{by}} $& $1 $$", by: "secret" };
  assert.equal(fill("{{reason}}", facts, plain), "{{by}} $& $1 $$");
});

test("what is no plain name stays as it stands: there are no conditions, calls or partials", () => {
  for (const text of ["{{#if x}}", "{{x.y}}", "{{x()}}", "{{> part}}", "{{{x}}", "{x}", "{{X}}"])
    assert.equal(fill(text, { x: "1" }, plain).replaceAll("1", ""), text.replace("{{x}}", ""));
});

test("no fact whatever gets a sign past its channel's escaper", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const filled = fill("{{a}}{{b}}{{a}}", { a, b }, html);
      assert.equal(filled, html(a) + html(b) + html(a));
      assert.doesNotMatch(filled, /[<>"']/);
    }),
  );
});
