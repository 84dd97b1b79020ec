import { z } from "zod";
import { IsoDay, RefusedFile, TopicId } from "./document.ts";
import { readYaml } from "./yaml.ts";

const name = z.string().min(1);
const Confidence = {
  certainty: z.enum(["certain", "to-verify"]).default("certain"),
  verifiedBy: name.optional(),
};

const OWN_SETTING = "mức do cơ quan vận hành kênh tự đặt";

export const Topic = z.object({
  id: TopicId,
  name,
  description: name,
  phrases: z.array(name).default([]),
  agencies: z.array(name).default([]),
});
export type Topic = z.infer<typeof Topic>;

export const Agency = z.object({
  id: name,
  name,
  aliases: z.array(name).default([]),
  handles: z.string().default(""),
  formerly: z.array(name).default([]),
  validFrom: IsoDay.nullable().default(null),
  validTo: IsoDay.nullable().default(null),
  successor: name.optional(),
  /** One in every commune: a petition goes to the one where the co-operative is. */
  perCommune: z.boolean().default(false),
  ...Confidence,
});
export type Agency = z.infer<typeof Agency>;

export const Commune = z.object({
  name,
  kind: z.enum(["xã", "phường"]),
  formerly: z.array(name).default([]),
  wageRegion: z.union([z.literal(3), z.literal(4)]),
  from: IsoDay,
  ...Confidence,
});
export type Commune = z.infer<typeof Commune>;

/** `only` says where a short form has this meaning: "tr" is "triệu" after a number, "nd" is "nghị định" before one. */
const Reading = {
  only: z.enum(["before-number", "after-number", "not-after-number"]).optional(),
  note: z.string().optional(),
};

export const Glossary = z.strictObject({
  abbreviations: z.array(z.strictObject({ short: name, full: name, ...Reading })),
  southern: z.array(z.strictObject({ word: name, standard: name, ...Reading })),
  shorthand: z.array(z.strictObject({ word: name, standard: name, ...Reading })),
  synonyms: z.array(z.strictObject({ terms: z.array(name).min(2), note: z.string().optional() })),
  /** Words that only say who asks and what he grows; no clause needs to hold them. */
  setting: z.array(name).default([]),
  /** Names of places that the corpus does not speak of; who asks about one is not answered about another. */
  elsewhere: z.array(name).default([]),
});
export type Glossary = z.infer<typeof Glossary>;

/** What a message may want, with sample messages that teach the difference. */
export const INTENTS = [
  "question",
  "petition",
  "greeting",
  "thanks",
  "identity",
  "outside",
  "steering",
] as const;
export type Intent = (typeof INTENTS)[number];
export const Intents = z.object({
  examples: z.record(z.enum(INTENTS), z.array(name)),
  /** A message that begins so and asks nothing is a petition. */
  petitionOpenings: z.array(name),
  /** Openings that carry no meaning: "xin hỏi", "bot ơi". */
  openings: z.array(name),
  /** Words that mark a message as leaning on the one before it. */
  followUps: z.array(name),
});
export type Intents = z.infer<typeof Intents>;

/** What opinions are known by: words that point to a topic, and opinions with the stance and the topic that a person gave them. */
export const OpinionSamples = z.strictObject({
  words: z.partialRecord(TopicId, z.array(name)).default({}),
  samples: z
    .array(
      z.strictObject({
        text: name,
        stance: z.enum(["kien-nghi", "phan-anh", "de-xuat", "dong-thuan"]),
        topic: TopicId,
      }),
    )
    .default([]),
});
export type OpinionSamples = z.infer<typeof OpinionSamples>;

/** A day off; `compensates` names the holiday on a weekend that this day stands for. */
export const Holiday = z.object({ date: IsoDay, name, compensates: IsoDay.optional(), ...Confidence });
export type Holiday = z.infer<typeof Holiday>;

const workingDays = z.number().int().min(1).max(90);

/** How the office counts time, in working days; each `basis` tells where a figure comes from, in words that people read. */
export const Deadlines = z.strictObject({
  review: z.strictObject({ days: workingDays, basis: name }).default({ days: 2, basis: OWN_SETTING }),
  answer: z.strictObject({ days: workingDays, basis: name }).default({ days: 15, basis: OWN_SETTING }),
  /** The most that a deadline may be extended by, once. */
  extension: z.strictObject({ days: workingDays, basis: name }).default({ days: 15, basis: OWN_SETTING }),
  /** Staff are reminded so many working days ahead. */
  remindDays: workingDays.default(2),
  /** Local time in Vietnam; what comes later counts as received on the next working day. */
  closesAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default("17:00"),
});
export type Deadlines = z.infer<typeof Deadlines>;

export const GoldenQuestion = z.object({
  id: name,
  text: name,
  context: z.array(z.string()).default([]),
  kind: z.enum(["answerable", "unanswerable", "petition", "smalltalk", "injection"]),
  topic: z.string(),
  split: z.enum(["build", "calibrate", "report"]).default("report"),
  expect: z.object({
    documents: z.array(z.string()).default([]),
    facts: z.array(z.string()).default([]),
    accept: z.record(z.string(), z.array(z.string())).default({}),
  }),
});
export type GoldenQuestion = z.infer<typeof GoldenQuestion>;

/** How sure an answer is, as fitted on the golden set by `npm run calibrate`; `curve` shows what each threshold would give. */
export const Calibration = z.object({
  wantedPrecision: z.number().min(0.5).max(1),
  threshold: z.number().min(0).max(1),
  bias: z.number(),
  weights: z.object({
    score: z.number(),
    coverage: z.number(),
    asked: z.number(),
    body: z.number(),
    phrases: z.number(),
    vector: z.number(),
    leadsBody: z.number(),
    leadsAsked: z.number(),
    leadsVector: z.number(),
    missing: z.number(),
    end: z.number().default(0),
    margin: z.number(),
    fits: z.number(),
    /** Calibrations of older editions do not know it. */
    answerable: z.number().default(0),
  }),
  curve: z.array(z.object({ threshold: z.number(), answered: z.number(), precision: z.number() })),
});
export type Calibration = z.infer<typeof Calibration>;

/** Reads one catalog file; throws RefusedFile with its faults. */
export function parseCatalog<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  text: string,
): z.output<Schema> {
  return readYaml(file, schema, text, "tệp");
}

/** Reads golden questions, one JSON object per line; throws RefusedFile with the line that is wrong. */
export function parseGolden(file: string, text: string): GoldenQuestion[] {
  return text
    .split("\n")
    .map((line, i) => [line.trim(), i + 1] as const)
    .filter(([line]) => line !== "")
    .map(([line, number]) => {
      try {
        return GoldenQuestion.parse(JSON.parse(line));
      } catch {
        throw new RefusedFile(file, `dòng ${number} không phải một câu hỏi mẫu hợp lệ`);
      }
    });
}
