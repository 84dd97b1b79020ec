import type { PolicyDocument } from "../knowledge/document.ts";

/** A file as somebody gave it. `name` is a relative path with forward slashes; `sidecar` the YAML text of "<file>.yaml" beside it. */
export type GivenFile = { name: string; bytes: Uint8Array; sidecar: string | null };

/** A policy document as our Markdown with front matter, and as it is parsed from it. */
export type ReadDocument = { path: string; text: string; document: PolicyDocument };
