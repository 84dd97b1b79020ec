const MIB = 2 ** 20;

/**
 * What one file may cost. Measured on two cores, with the start of the child: a PDF of 114 pages 3.8 s and 130 MiB at the peak, a
 * Word file of 60 pages 0.9 s and 98 MiB, a workbook of 5,000 rows 0.9 s and 117 MiB, a page of 1 MB 1.0 s and 127 MiB.
 */
export const LIMITS = {
  fileBytes: 20 * MIB,
  inflatedBytes: 100 * MIB,
  /** Of the Markdown that comes out of one file. */
  textBytes: 10 * MIB,
  /** Of everything that the child may print for one file: the text, and its clauses as JSON. */
  outputBytes: 64 * MIB,
  heapMb: 320,
  /** Of the child as a whole; buffers stand outside of the heap. */
  rssBytes: 512 * MIB,
  /** From when its child is started, or is given one more file; so nobody waits ten seconds to be told that a file is bad. */
  timeMs: 9_000,
  zipEntries: 2_000,
  xmlDepth: 100,
  xmlAttributes: 1_000,
  xmlElements: 3_000_000,
  /** Of a part of a Word file, which three parsers walk one after the other. */
  wordElements: 600_000,
  htmlDepth: 250,
  htmlTags: 400_000,
  /** A page of text takes about 35 ms, so that more could not be read in time anyway. */
  pdfPages: 500,
  sheetCells: 300_000,
  sharedStrings: 200_000,
  mergedCells: 20_000,
} as const;

export type Limits = { [Key in keyof typeof LIMITS]: number };
