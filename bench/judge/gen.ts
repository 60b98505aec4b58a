import { samplesOf } from "./traffic.ts";

const o = JSON.parse(process.argv[2] ?? "{}");
let buf: string[] = [];
for (const s of samplesOf({ rate: 100, weight: 0.25, seed: 1, ...o })) {
  buf.push(JSON.stringify(s));
  if (buf.length > 5000) {
    process.stdout.write(buf.join("\n") + "\n");
    buf = [];
  }
}
process.stdout.write(buf.join("\n") + "\n");
