import { parseArgs } from "node:util";

/** The one file that a command is given; null where it only prints its help. Called otherwise, it ends with 2 and its help. */
export function oneFile(help: string): string | null {
  const given = read();
  const [file, ...more] = given?.positionals ?? [];
  if (given?.values.help) {
    console.log(help);
    return null;
  }
  if (file && more.length === 0) return file;
  console.error(help);
  process.exit(2);
}

/** Null at an option that does not exist. */
function read() {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: "boolean" } } });
  } catch {
    return null;
  }
}
