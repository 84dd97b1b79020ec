import { holdDataDir } from "../../src/db/data-lock.ts";

// Holds a data folder until it is killed, or says why it could not.
try {
  await holdDataDir(process.argv[2] ?? "", process.argv[3]);
  console.log("held");
  setInterval(() => {}, 1_000);
} catch (error) {
  console.log(`refused ${(error as Error).message}`);
}
