import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE } from "#core/base/time.ts";
import { changed } from "../policy-text.fake.ts";
import { printProblems } from "../print.ts";
import { readPolicy } from "../read.ts";

const SHOP = `
apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
spec: { description: What people order in }
---
apiVersion: openslo/v1
kind: DataSource
metadata: { name: metrics }
spec: { type: Prometheus, connectionDetails: { url: "http://127.0.0.1:9090" } }
---
apiVersion: openslo/v1
kind: SLI
metadata:
  name: answered
  annotations: { holdpoint/measure: success }
spec:
  ratioMetric:
    counter: true
    good: { metricSource: { metricSourceRef: metrics, spec: { query: 'sum(ok_total)' } } }
    total: { metricSource: { metricSourceRef: metrics, spec: { query: 'sum(all_total)' } } }
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: { name: fast }
spec:
  severity: page
  condition: { kind: burnrate, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m }
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: on-call }
spec:
  conditions: [{ conditionRef: fast }]
  notificationTargets: [{ targetRef: pager }]
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: orders, labels: { team: [shop] } }
spec:
  service: shop
  indicatorRef: answered
  timeWindow: [{ duration: 4w, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ displayName: Answered, targetPercent: 99.9 }]
  alertPolicies: [{ alertPolicyRef: on-call }]
`;

/** An SLO whose indicator stands in it; `more` takes the place of what it says by itself. */
function slo(measure: string, spec: string, metric = RATIO): string {
  return `apiVersion: openslo/v1
kind: SLO
metadata: { name: promise, annotations: { holdpoint/measure: ${measure}, holdpoint/unit: ms } }
spec:
  service: shop
  indicator: { spec: { ${metric} } }
${spec.replaceAll(/^ */gm, "  ")}`;
}
const QUERY = "{ metricSource: { type: Prometheus, spec: { query: up } } }";
const RATIO = `ratioMetric: { bad: ${QUERY}, total: ${QUERY} }`;
const THRESHOLD = `thresholdMetric: ${QUERY}`;

/** A policy with a few lines more. */
const policyWith = (...lines: readonly string[]) =>
  changed("system: Shop\n", `system: Shop\n${lines.join("\n")}\n`);
const POLICY = policyWith("openslo: [slo/shop.yaml]");

function reading(text: string, policy = POLICY) {
  return readPolicy("rules/holdpoint.yaml", policy, (path) =>
    path === "rules/slo/shop.yaml" ? text : null,
  );
}

function objectives(text: string) {
  const result = reading(text);
  if (!result.ok) assert.fail(result.error.map(({ sentence }) => sentence).join("; "));
  return result.value.policy.objectives;
}

function problems(text: string, policy = POLICY) {
  const result = reading(text, policy);
  assert.ok(!result.ok, "it must be refused");
  return result.error;
}

test("an SLO with its SLI, its window and its alert is an objective of the policy", () => {
  const result = reading(SHOP);
  assert.ok(result.ok);
  assert.deepEqual(result.value.policy.objectives["orders"], {
    measure: "success",
    least: 9990,
    over: 28 * DAY,
    alerts: [{ alert: "page", burns: 14.4, over: HOUR, for: 5 * MINUTE }],
  });
  assert.deepEqual(result.value.told, [
    "rules/slo/shop.yaml: DataSource metrics is not used: where figures come from stands in the policy's environments",
    "rules/slo/shop.yaml: SLO orders is read as the objective orders",
  ]);
});

test("each measure is read by its own budgeting method", () => {
  const ratio = (measure: string, method: string, target: string) =>
    objectives(slo(measure, `budgetingMethod: ${method}\nobjectives: [{ ${target} }]`))["promise"];
  assert.deepEqual(ratio("error-rate", "Occurrences", "target: 0.999"), {
    measure: "error-rate",
    most: 10,
  });
  assert.deepEqual(ratio("cache-hits", "RatioTimeslices", "target: 0.9, timeSliceWindow: 1m"), {
    measure: "cache-hits",
    least: 9000,
    weigh: "minutes",
  });
  assert.deepEqual(
    ratio(
      "availability",
      "Timeslices",
      "target: 0.9995, timeSliceTarget: 0.95, timeSliceWindow: 1",
    ),
    { measure: "availability", least: 9995, answered: 9500 },
  );
  const threshold = (measure: string, method: string, told: string) =>
    objectives(slo(measure, `budgetingMethod: ${method}\nobjectives: [{ ${told} }]`, THRESHOLD))[
      "promise"
    ];
  assert.deepEqual(threshold("latency", "Occurrences", "op: lte, value: 300, target: 0.95"), {
    measure: "p95",
    most: 300,
  });
  assert.deepEqual(
    threshold(
      "cpu",
      "Timeslices",
      "op: lt, value: 80, target: 0.99, timeSliceTarget: 1, timeSliceWindow: 1m",
    ),
    { measure: "cpu", most: 8000, minutes: 9900 },
  );
});

test("several objectives of one SLO are told apart by their number", () => {
  const two = "budgetingMethod: Occurrences\nobjectives: [{ target: 0.99 }, { target: 0.999 }]";
  assert.deepEqual(Object.keys(objectives(slo("success", two))), ["promise-1", "promise-2"]);
});

const FIRST = "budgetingMethod: Occurrences\nobjectives: [{ target: 0.99 }]";

for (const [what, text, line, said] of [
  ["an unknown field", slo("success", `${FIRST}\nowner: me`), 9, /`owner` means nothing/],
  [
    "a calendar window",
    slo("success", `${FIRST}\ntimeWindow: [{ duration: 1M, calendar: {} }]`),
    9,
    /`calendar` means nothing/,
  ],
  [
    "a window of months",
    slo("success", `${FIRST}\ntimeWindow: [{ duration: 1M }]`),
    9,
    /over whole days.*28d/,
  ],
  ["no measure", slo("speed", FIRST), 5, /names no measure.*holdpoint\/measure.*success/],
  ["a wrong method", slo("availability", FIRST), 7, /counts by Timeslices/],
  ["a wrong metric", slo("success", FIRST, THRESHOLD), 5, /wants a ratioMetric/],
  [
    "a percentile that is not measured",
    slo("latency", FIRST.replace("target: 0.99", "op: lte, value: 1, target: 0.8"), THRESHOLD),
    8,
    /p50, p95 or p99/,
  ],
  ["a finer target", slo("success", FIRST.replace("0.99", "0.99999")), 8, /steps of 0.01 %/],
  [
    "slices of an hour",
    slo(
      "success",
      FIRST.replace("0.99", "0.99, timeSliceWindow: 1h").replace("Occ", "RatioTimeslices #"),
    ),
    8,
    /slices are minutes.*1m/,
  ],
  ["no SLI", SHOP.replace("indicatorRef: answered", "indicatorRef: lost"), 42, /no SLI "?`?lost/],
  [
    "no condition",
    SHOP.replace("conditionRef: fast", "conditionRef: lost"),
    46,
    /no AlertCondition/,
  ],
  [
    "an unknown kind",
    SHOP.replace("kind: DataSource", "kind: Datasource"),
    8,
    /Did you mean `DataSource`/,
  ],
  ["no YAML", "a: [", 1, /./],
] as const) {
  test(`refused with file, line and remedy: ${what}`, () => {
    const [first] = problems(text);
    assert.ok(first);
    assert.match(`${first.sentence}. ${first.remedy}`, said);
    assert.equal(first.file, "rules/slo/shop.yaml");
    assert.equal(first.line, line);
    assert.ok(first.column >= 1 && first.remedy !== "");
  });
}

test("the line that is shown is one of the file in question", () => {
  const text = slo("success", `${FIRST}\nowner: me`);
  const printed = printProblems(problems(text), {
    text: POLICY,
    beside: new Map([["rules/slo/shop.yaml", text]]),
    colour: false,
  });
  assert.match(printed, /owner: me/);
});

test("a file that is not there, or too large, or leads out of the folder is refused at its name", () => {
  for (const named of ["slo/lost.yaml", "../shop.yaml", "/etc/passwd"]) {
    const [first] = problems("", policyWith(`openslo: [${named}]`));
    assert.equal(first?.where, "openslo[0]");
  }
  assert.match(problems(`a: ${"x".repeat(300_000)}`)[0]?.sentence ?? "", /more than \d+ bytes/);
  assert.match(problems("a: 1\n---\n".repeat(300))[0]?.sentence ?? "", /more than 200 documents/);
});

test("an objective stands in the policy or in OpenSLO, not in both", () => {
  const both = policyWith(
    "openslo: [slo/shop.yaml]",
    "objectives: { orders: { measure: success, least: 99 % } }",
  );
  assert.match(problems(SHOP, both)[0]?.sentence ?? "", /stands in OpenSLO, too/);
  assert.match(
    problems(`${SHOP}---${SHOP.slice(SHOP.lastIndexOf("---") + 3)}`)[0]?.sentence ?? "",
    /twice/,
  );
});
