import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PLACEHOLDERS } from "../placeholders.ts";
import { fakePolicy } from "../policy.fake.ts";
import { placeholders } from "./placeholders.ts";

const found = (title: string, body = "") =>
  placeholders(
    fakePolicy((text) => {
      text.messages.shipped = { title, body };
    }),
  );

describe("placeholders: messages speak only of what is known", () => {
  it("knows every placeholder of the list, with blanks in the braces or without", () => {
    const all = Object.keys(PLACEHOLDERS).map((word) => `{{${word}}} {{ ${word} }}`);
    assert.deepEqual(found("t", all.join(" ")), []);
  });

  it("finds a slip once for each part of the message and proposes the right word", () => {
    const [title, body, ...rest] = found("{{versoin}} {{versoin}}", "{{moon}}");
    assert.equal(title?.remedy, "Did you mean `{{version}}`?");
    assert.deepEqual(body?.path, ["messages", "shipped", "body"]);
    assert.match(body?.remedy ?? "", /^Known are system/);
    assert.deepEqual(rest, []);
  });

  it("leaves single braces alone", () => {
    assert.deepEqual(found("{version} { } }}"), []);
  });
});
