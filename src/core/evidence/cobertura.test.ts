import assert from "node:assert/strict";
import { test } from "node:test";
import { readReport } from "./table.ts";

const figures = (text: string) => {
  const read = readReport("cobertura", text);
  assert.ok(read.ok, read.ok ? "" : read.error.reason);
  return read.value;
};
const refusal = (text: string) => {
  const read = readReport("cobertura", text);
  assert.ok(!read.ok);
  return read.error.reason;
};

const ISTANBUL = `<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage lines-valid="8" lines-covered="7" line-rate="0.875" branches-valid="3" branches-covered="1" branch-rate="0.3333" timestamp="1" complexity="0" version="0.1">
  <sources><source>/app</source></sources>
  <packages><package name="src" line-rate="0.875"><classes>
    <class name="cart.ts" filename="src/cart.ts" line-rate="0.875">
      <methods>
        <method name="add" hits="3" signature="()V"><lines><line number="1" hits="3"/></lines></method>
        <method name="drop" hits="0" signature="()V"><lines><line number="9" hits="0"/></lines></method>
      </methods>
      <lines><line number="1" hits="3" branch="false"/></lines>
    </class>
  </classes></package></packages>
</coverage>`;

test("counts of the root and the methods become shares; the format's bare DOCTYPE is let through", () => {
  assert.deepEqual(figures(ISTANBUL), { lines: 87.5, branches: 33.33, functions: 50 });
});

test("where the root has no counts its rates are taken, digit by digit", () => {
  const text = `<coverage line-rate="0.29" branch-rate="1"><packages/></coverage>`;
  assert.deepEqual(figures(text), { lines: 29, branches: 100 });
  assert.equal(figures(`<coverage line-rate="0.799999"/>`)["lines"], 79.99);
});

test("a method is run when one of its lines is", () => {
  const method = (hits: number) =>
    `<method name="m"><lines><line number="1" hits="0"/><line number="2" hits="${hits}"/></lines></method>`;
  const text = `<coverage line-rate="1">${method(1)}${method(0)}${method(2)}</coverage>`;
  assert.equal(figures(text)["functions"], 66.66);
});

test("no lines to cover is no figure", () => {
  assert.deepEqual(figures(`<coverage lines-valid="0" lines-covered="0" line-rate="1"/>`), {});
});

test("numbers that cannot be are refused", () => {
  for (const attributes of [
    'line-rate="NaN"',
    'line-rate="1.5"',
    'line-rate="-1"',
    'line-rate="1e9"',
    'lines-valid="2" lines-covered="3"',
    'lines-valid="2" lines-covered="all"',
  ])
    assert.match(refusal(`<coverage ${attributes}/>`), /no numbers/);
  assert.match(refusal("<coverage/>"), /states no line coverage/);
});

test("a DOCTYPE that declares anything, or is of another document, is refused", () => {
  for (const doctype of [
    "<!DOCTYPE coverage [<!ENTITY a 'b'>]>",
    '<!DOCTYPE coverage SYSTEM "x" [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE html SYSTEM "x">',
    "<!DOCTYPE coverage>",
  ])
    assert.match(refusal(`${doctype}<coverage line-rate="1"/>`), /DOCTYPE/);
});
