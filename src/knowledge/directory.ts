import { z } from "zod";
import { Agency, Commune, Deadlines, Glossary, Holiday, Topic } from "./catalog.ts";
import type { RowValues } from "./edit-rows.ts";
import { readYaml } from "./yaml.ts";

/** A list of a catalog file that people edit row by row. */
export type Section = {
  file: string;
  /** Where the list stands in the file. */
  path: string[];
  row: z.ZodType;
  /** What tells a row from the others, as people would name it. */
  keyOf(row: Row): string;
  /** "rows" have keys, "words" are plain texts, "one" is a single row and no list. */
  shape: "rows" | "words" | "one";
  /** The code knows every row of a closed list by its id, so rows are changed but neither added nor removed. */
  closed?: boolean;
  /** A new row's id is made of this value. */
  idFrom?: string;
};

/** A row as it is written in the file. */
export type Row = Record<string, unknown>;

const GLOSSARY = Glossary.shape;
const text = (value: unknown) => (typeof value === "string" ? value : "");

/** What is edited row by row, by the name of its section. */
export const SECTIONS = {
  topics: listOf("topics", Topic, ({ name }) => text(name), { closed: true }),
  agencies: listOf("agencies", Agency, ({ name }) => text(name), { idFrom: "name" }),
  communes: listOf("communes", Commune, ({ kind, name }) => `${text(kind)} ${text(name)}`),
  holidays: listOf("holidays", Holiday, ({ date }) => text(date)),
  abbreviations: wordsOf("abbreviations", GLOSSARY.abbreviations.element, "short"),
  southern: wordsOf("southern", GLOSSARY.southern.element, "word"),
  shorthand: wordsOf("shorthand", GLOSSARY.shorthand.element, "word"),
  synonyms: {
    ...wordsOf("synonyms", GLOSSARY.synonyms.element, "terms"),
    keyOf: ({ terms }: Row) => (Array.isArray(terms) ? terms.join(", ") : ""),
  },
  setting: {
    ...wordsOf("setting", z.object({ word: z.string().min(1) }), "word"),
    shape: "words",
  },
  deadlines: { ...listOf("deadlines", Deadlines, () => "thời hạn", { closed: true }), shape: "one" },
} as const satisfies Record<string, Section>;

export type SectionName = keyof typeof SECTIONS;

function listOf(
  name: string,
  row: z.ZodType,
  keyOf: Section["keyOf"],
  more: Pick<Section, "closed" | "idFrom"> = {},
): Section {
  return { file: `${name}.yaml`, path: [], row, keyOf, shape: "rows", ...more };
}

function wordsOf(list: string, row: z.ZodType, key: string): Section {
  return { file: "glossary.yaml", path: [list], row, keyOf: (one) => text(one[key]), shape: "rows" };
}

/** The rows of a section in the text of its file; a plain text is the row's `word`. Throws RefusedFile for what is no YAML. */
export function rowsOf(section: Section, yaml: string): Row[] {
  const whole = readYaml(section.file, z.any(), yaml, "tệp") as unknown;
  const place = section.path.reduce<unknown>((at, step) => (at as Row | null)?.[step], whole);
  if (section.shape === "one") return [place as Row];
  if (!Array.isArray(place)) return [];
  return section.shape === "words" ? place.map((word: unknown) => ({ word })) : (place as Row[]);
}

const { localeError } = z.locales.vi();

/** What is wrong with a row, by the key of the value; "" is the row as a whole. `at` is its place, null for a new one. */
export function rowFaults(
  section: Section,
  rows: readonly Row[],
  at: number | null,
  values: RowValues,
): { key: string; message: string }[] {
  const row = at === null ? values : { ...rows[at], ...values };
  const given = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  const parsed = section.row.safeParse(section.shape === "one" ? unflattened(given) : given, {
    error: localeError,
  });
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => ({ key: path.join("."), message }));
  const key = section.keyOf(given).toLowerCase();
  const isTwin = rows.some((other, i) => i !== at && section.keyOf(other).toLowerCase() === key);
  return isTwin ? [{ key: "", message: `đã có dòng “${section.keyOf(given)}” trong danh mục này` }] : [];
}

/** Values such as "review.days" laid over what holds them. */
function unflattened(given: Row): Row {
  const whole: Row = {};
  for (const [key, value] of Object.entries(given)) {
    const [head = key, inner] = key.split(".");
    whole[head] = inner === undefined ? (whole[head] ?? value) : { ...(whole[head] as Row), [inner]: value };
  }
  return whole;
}
