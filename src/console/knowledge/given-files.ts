import type { HandedIn } from "../knowledge-desk.ts";

const SIDECAR = ".yaml";

/** The files of a form; a file named like another one with ".yaml" after it is told beside that one. */
export async function filesOf(form: FormData): Promise<HandedIn[]> {
  const given = form.getAll("files").filter((each) => each instanceof File && each.name !== "") as File[];
  const names = new Set(given.map(({ name }) => name));
  const sidecars = new Map(
    given.filter(({ name }) => isBeside(name, names)).map((file) => [file.name, file]),
  );
  return Promise.all(
    given
      .filter(({ name }) => !sidecars.has(name))
      .map(async (file) => ({
        name: placeOf(file.name),
        bytes: new Uint8Array(await file.arrayBuffer()),
        sidecar: (await sidecars.get(file.name + SIDECAR)?.text()) ?? null,
      })),
  );
}

function isBeside(name: string, names: ReadonlySet<string>): boolean {
  return name.endsWith(SIDECAR) && names.has(name.slice(0, -SIDECAR.length));
}

/** A browser tells no folder, and golden questions are known by theirs. */
function placeOf(name: string): string {
  return name.endsWith(".jsonl") && !name.includes("/") ? `golden/${name}` : name;
}
