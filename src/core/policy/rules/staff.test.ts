import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { staff } from "./staff.ts";

const found = (change: (text: Loose) => void) =>
  staff(fakePolicy(change)).map(({ path }) => path.join("."));

test("absences of people and deputies of the roster, and signatures in their role, are sound", () => {
  const days = { from: "2026-03-01", to: "2026-03-01" };
  assert.deepEqual(
    found((text) => {
      text.roles.lead = { people: ["lead@example.test"], deputies: ["deputy@example.test"] };
      text.absences = [
        { who: "Lead@example.test", ...days },
        { who: "deputy@example.test", ...days },
      ];
      const signed = [{ by: "lead@example.test", as: "lead", on: "2026-01-01" }];
      text.document = {
        effective: "2026-01-01",
        review: "2026-12-31",
        approvers: ["lead"],
        signed,
      };
    }),
    [],
  );
});

test("an absence of a stranger, one that ends before it begins, and a signature outside the role are errors", () => {
  assert.deepEqual(
    found((text) => {
      text.absences = [
        { who: "stranger@example.test", from: "2026-03-01", to: "2026-03-02" },
        { who: "lead@example.test", from: "2026-03-02", to: "2026-03-01" },
      ];
      const signed = [{ by: "qa@example.test", as: "lead", on: "2026-01-01" }];
      text.document = {
        effective: "2026-01-01",
        review: "2026-12-31",
        approvers: ["lead"],
        signed,
      };
    }),
    ["absences.0.who", "absences.1.to", "document.signed.0.by"],
  );
});
