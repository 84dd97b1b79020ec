import { z } from "zod";
import { readLocators } from "./structure.ts";

/** An ISO day, "2025-07-01". Dates of law are days in Vietnam, never instants, so they stay text and compare as text. */
export const IsoDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "phải là ngày dạng năm-tháng-ngày, ví dụ 2025-07-01")
  .refine(isRealDay, "là ngày không có thật");

function isRealDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** What may be claimed of a fact; `unknown` marks what we know that we do not know. */
export const Certainty = z.enum(["certain", "to-verify", "unknown"]);
export type Certainty = z.infer<typeof Certainty>;

export const TOPIC_IDS = [
  "von-vay",
  "nhan-su",
  "ha-tang",
  "tap-huan",
  "khcn",
  "thi-truong",
  "dang-ky",
  "quan-tri",
  "dieu-kien-huong",
  "thue-phi-dat",
  "thien-tai-bao-hiem",
  "dia-ban-co-quan",
  "du-lieu-ca-nhan",
  "khac",
] as const;
export const TopicId = z.enum(TOPIC_IDS);
export type TopicId = z.infer<typeof TopicId>;

const ONE_CLAUSE = 'chỉ ghi một điều khoản, ví dụ "Điều 9 khoản 2"; điều khoản khác ghi ở dòng amends khác';

const Amendment = z.strictObject({
  document: z.string().min(1),
  clause: z.string().min(1).refine(namesOneClause, ONE_CLAUSE).optional(),
  by: z.string().min(1).optional(),
  effect: z.enum(["replaces", "amends", "annuls"]),
  from: IsoDay,
});
export type Amendment = z.infer<typeof Amendment>;

function namesOneClause(clause: string): boolean {
  return readLocators(clause).every(({ title }) => !/(?:điều|khoản|điểm|chương|mục)\s+[\divx]/iu.test(title));
}

const needsOffice = "certainty không phải certain thì phải ghi verifiedBy (cơ quan xác nhận)";

const FrontKeys = z.strictObject({
  number: z.string().min(1),
  title: z.string().min(1),
  issuer: z.string().min(1),
  signed: IsoDay.nullable(),
  effective: IsoDay,
  expires: IsoDay.nullable(),
  topics: z.array(TopicId).min(1),
  source: z.string().min(1),
  certainty: z.enum(["certain", "to-verify"]),
  verifiedBy: z.string().min(1).optional(),
  aliases: z.array(z.string().min(1)).optional(),
  amends: z.array(Amendment).optional(),
});

/** What may be said of a document in a file beside it: any of the keys in front of a document. */
export const Sidecar = FrontKeys.partial();
export type Sidecar = z.infer<typeof Sidecar>;

/** The keys in front of a document; the format is described in knowledge/README.md. */
export const FrontMatter = FrontKeys.extend({
  aliases: z.array(z.string().min(1)).default([]),
  amends: z.array(Amendment).default([]),
})
  .refine((front) => front.certainty === "certain" || front.verifiedBy, needsOffice)
  .refine((front) => front.expires === null || front.expires > front.effective, "expires phải sau effective");
export type FrontMatter = z.infer<typeof FrontMatter>;

/** The keys that one clause may carry in a comment below its heading. */
export const ClauseMeta = z.strictObject({
  questions: z.array(z.string().min(3)).default([]),
  topics: z.array(TopicId).min(1).optional(),
  certainty: Certainty.optional(),
  verifiedBy: z.string().min(1).optional(),
  from: IsoDay.optional(),
  to: IsoDay.nullable().optional(),
  page: z.number().int().positive().optional(),
});
export type ClauseMeta = z.infer<typeof ClauseMeta>;

/** One part of a clause that can be quoted by itself: a point, a bullet or a table row. */
export type Part = { locator: string | null; text: string };

/** A clause as it stands in its document, before validity is worked out across the corpus. */
export type Clause = {
  /** `<slug of number>#<slug of locator>`, stable when neighbours change. */
  id: string;
  /** "Điều 12 khoản 2", or the name of the section. */
  locator: string;
  /** Headings from the document down to the clause, locators included. */
  headingPath: string[];
  /** Text before the parts, one or more sentences; may be empty when the parts say it all. */
  lead: string;
  parts: Part[];
  questions: string[];
  topics: TopicId[];
  certainty: Certainty;
  verifiedBy: string | null;
  from: string;
  to: string | null;
  /** The page of the file it was read from (in a workbook the sheet), counted from 1, or null. */
  page: number | null;
};

export type PolicyDocument = FrontMatter & { file: string; clauses: Clause[] };

/** Why a file cannot be used, in words its author can act on. */
export type Refusal = { file: string; reason: string };

/** A refusal as an error. */
export class RefusedFile extends Error implements Refusal {
  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(`${file}: ${reason}`);
    this.name = "RefusedFile";
  }
}
