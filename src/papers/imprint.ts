import type { Period } from "./period.ts";

/** What the papers say beside their figures: the period, who issues and signs them, and where. */
export type Imprint = { period: Period; issuer: string; place: string; signerTitle: string };

/** Blank lines for a secretary's pen, where nobody has said who issues the papers. */
export const BLANK_IMPRINT = { issuer: "……………………………", place: "Cần Thơ", signerTitle: "Thủ trưởng cơ quan" };
