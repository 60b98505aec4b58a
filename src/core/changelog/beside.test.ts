import assert from "node:assert/strict";
import { test } from "node:test";
import { besideText, sayBeside } from "./beside.ts";

test("notes and changelog name the components that go out beside a version", () => {
  const beside = [
    { component: "core", version: "2.1.0" },
    { component: "web-shop", version: "0.3.1" },
  ];
  assert.equal(besideText(beside), "### Together with\n\n- core 2.1.0\n- web-shop 0.3.1");
  assert.equal(sayBeside(beside), "core 2.1.0, web-shop 0.3.1");
  assert.equal(besideText([]), "");
});
