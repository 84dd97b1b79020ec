import { type Row, rowFaults, type Section } from "../../knowledge/directory.ts";
import type { RowValues } from "../../knowledge/edit-rows.ts";
import { readDay } from "../../petitions/day.ts";
import { slug } from "../../text/fold.ts";
import { normalize } from "../../text/normalize.ts";
import type { Field } from "./directories.ts";

/** Agencies by id, as a state of the knowledge has them. */
export type AgencyNames = ReadonlyMap<string, string>;

type Submitted = Record<string, unknown>;

/** The field of a form that holds a value. */
export function fieldName(key: string): string {
  return `f.${key}`;
}

/** A stored value as it stands in the field of a form. */
export function written(field: Field, row: Row, agencies: AgencyNames): string {
  const value = valueAt(row, field.key);
  if (value === undefined || value === null) return "";
  const name = (id: unknown) => agencies.get(String(id)) ?? String(id);
  if (field.kind === "agency") return name(value);
  if (Array.isArray(value)) return value.map(field.kind === "agencies" ? name : String).join("\n");
  return String(value);
}

/** The value of "review.days" in a row. */
export function valueAt(row: Row, key: string): unknown {
  return key.split(".").reduce<unknown>((at, step) => (at as Row | null | undefined)?.[step], row);
}

/** Reads a form into the values of a row, or tells what is wrong with it, in words. */
export function readForm(
  submitted: Submitted,
  fields: Field[],
  given: { section: Section; rows: readonly Row[]; at: number | null; agencies: AgencyNames },
): { values: RowValues } | { fault: string } {
  const { section, rows, at, agencies } = given;
  const faults: string[] = [];
  const values: RowValues = {};
  for (const field of fields) {
    const text = textOf(submitted[fieldName(field.key)]);
    if (field.required && text === "") faults.push(`Chưa ghi “${field.label}”.`);
    const value = valueIn(field, text, agencies);
    if (value instanceof UnknownAgency)
      faults.push(`Không có cơ quan “${value.message}” trong danh mục Cơ quan.`);
    else values[field.key] = value;
  }
  if (at === null && section.idFrom) values.id = slug(String(values[section.idFrom] ?? ""));
  if (faults.length > 0) return { fault: faults.join(" ") };
  const [first] = rowFaults(section, rows, at, values);
  if (!first) return { values };
  const label = fields.find(({ key }) => first.key === key || first.key.startsWith(`${key}.`))?.label;
  return { fault: label ? `“${label}”: ${first.message}.` : `Dòng này chưa đúng: ${first.message}.` };
}

class UnknownAgency extends Error {}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.replace(/\r\n?/g, "\n").trim() : "";
}

/** Null takes the value away, so that a default holds. */
function valueIn(field: Field, text: string, agencies: AgencyNames): unknown {
  const lines = text.split("\n").map(normalize).filter(Boolean);
  switch (field.kind) {
    case "check":
      return text === "" ? null : true;
    case "number":
      return text === "" ? null : Number(text);
    case "lines":
      return lines.length > 0 ? lines : null;
    case "agencies": {
      const ids = lines.map((line) => idOf(line, agencies));
      return ids.find((id) => id instanceof UnknownAgency) ?? (ids.length > 0 ? ids : null);
    }
    case "agency":
      return text === "" ? null : idOf(normalize(text), agencies);
    case "choice":
      return text === "" ? null : /^\d+$/.test(text) ? Number(text) : text;
    case "day":
      return text === "" ? null : (readDay(text) ?? text);
    default:
      return lines.join(" ") || null;
  }
}

function idOf(written: string, agencies: AgencyNames): string | UnknownAgency {
  if (agencies.has(written)) return written;
  const found = [...agencies].find(([, name]) => name.toLowerCase() === written.toLowerCase());
  return found?.[0] ?? new UnknownAgency(written);
}
