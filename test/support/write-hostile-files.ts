import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostileFiles } from "./hostile-files.ts";

// A process of its own, since making the files costs more memory than reading them may.
const [folder = ""] = process.argv.slice(2);
for (const [i, file] of hostileFiles().entries()) writeFileSync(join(folder, String(i)), file.bytes());
