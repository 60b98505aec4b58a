// What every store must do. A store's own test runs this on it; the memory store is the model for the others.
import { after, before, describe, test } from "node:test";
import { appendRules } from "./suites/append.suite.ts";
import { crowdRules } from "./suites/crowd.suite.ts";
import { leaseRules } from "./suites/lease.suite.ts";
import { measureRules } from "./suites/measures.suite.ts";
import { modelRules } from "./suites/model.suite.ts";
import type { Fixture } from "./suites/rule.suite.ts";
import { transferRules } from "./suites/transfer.suite.ts";
import { workRules } from "./suites/work.suite.ts";

export interface Subject {
  /** A fresh, empty place for a store. */
  fresh(): Promise<Fixture>;
  /** Closes all stores that were opened since the last time. */
  closeStores(): Promise<void>;
  close(): Promise<void>;
}

export function storeSuite(name: string, start: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    before(async () => {
      subject = await start();
    });
    after(() => subject.close());
    const rule = (title: string, body: (fixture: Fixture) => Promise<void>) =>
      test(title, async () => {
        try {
          await body(await subject.fresh());
        } finally {
          await subject.closeStores();
        }
      });
    appendRules(rule);
    workRules(rule);
    leaseRules(rule);
    crowdRules(rule);
    measureRules(rule);
    modelRules(rule);
    transferRules(rule, () => subject.fresh());
  });
}
