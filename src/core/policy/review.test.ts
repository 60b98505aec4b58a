import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "./policy.fake.ts";
import { reviewFindings } from "./review.ts";

describe("reviewFindings", () => {
  const policy = fakePolicy((text) => {
    text.document = { effective: "2026-01-01", review: "2026-12-31" };
  });

  it("finds nothing while the document is in force, first and last day included", () => {
    assert.deepEqual(reviewFindings(policy, "2026-01-01"), []);
    assert.deepEqual(reviewFindings(policy, "2026-12-31"), []);
    assert.deepEqual(reviewFindings(fakePolicy(), "2099-01-01"), []);
  });

  it("warns when the review is overdue, and when the document is not in force yet", () => {
    const paths = (today: string) =>
      reviewFindings(policy, today).map(({ path }) => path.join("."));
    assert.deepEqual(paths("2027-01-01"), ["document.review"]);
    assert.deepEqual(paths("2025-12-31"), ["document.effective"]);
  });
});
