// What is built is the list of sources with their digests.
import { hash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const sources = globSync(["*.ts", "migrations/*.sql"]).sort();
const digests = sources.map((file) => `${hash("sha256", readFileSync(file), "hex")}  ${file}`);
mkdirSync("reports", { recursive: true });
writeFileSync("reports/build.txt", `${digests.join("\n")}\n`);
