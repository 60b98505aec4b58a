// Takes the lock of a data directory, says so, and keeps it until it is killed or stdin ends:
//   node lock-holder.ts <dataDir> <startedAt>
import { takeLock } from "#store/lock.ts";

const lock = takeLock(process.argv[2] ?? "", Number(process.argv[3]));
process.stdout.write(lock.ok ? "taken\n" : `refused: ${lock.error.message}\n`);
for await (const _ of process.stdin);
if (lock.ok) lock.value.release();
