// The slowest of 200 rates must come within 5 ms on any machine.
import { rateFor } from "../rates.ts";

const times = Array.from({ length: 200 }, (_, index) => {
  const start = performance.now();
  rateFor(index % 40);
  return performance.now() - start;
});
const slowest = Math.max(...times);
console.log(`slowest: ${slowest.toFixed(3)} ms`);
process.exitCode = slowest < 5 ? 0 : 1;
