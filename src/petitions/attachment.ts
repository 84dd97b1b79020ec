/** A photo or document of a petition, without its bytes. */
export type PetitionAttachment = {
  id: number;
  kind: "photo" | "document";
  /** As the member named it; null for photos, and once the member had it erased. */
  name: string | null;
  /** In bytes; null while nobody told it. */
  size: number | null;
  status: "waiting" | "kept" | "failed";
  /** Why it failed, or why it still waits. */
  reason: string | null;
  at: Date;
};

/** What a file is by its first bytes, which decide how it is served. */
export type FileForm = { type: string; ending: string };

const UNKNOWN: FileForm = { type: "application/octet-stream", ending: "bin" };

const FORMS: [form: FileForm, isIt: (bytes: Uint8Array) => boolean][] = [
  [{ type: "image/jpeg", ending: "jpg" }, (bytes) => begins(bytes, [0xff, 0xd8, 0xff])],
  [
    { type: "image/png", ending: "png" },
    (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  ],
  [{ type: "image/webp", ending: "webp" }, (bytes) => says(bytes, 0, "RIFF") && says(bytes, 8, "WEBP")],
  [{ type: "image/gif", ending: "gif" }, (bytes) => says(bytes, 0, "GIF87a") || says(bytes, 0, "GIF89a")],
  [{ type: "application/pdf", ending: "pdf" }, (bytes) => says(bytes, 0, "%PDF-")],
];

/** Reads the form of a file from its bytes alone: a name or a word of the sender proves nothing. */
export function formOf(bytes: Uint8Array): FileForm {
  return FORMS.find(([, isIt]) => isIt(bytes))?.[0] ?? UNKNOWN;
}

/** Under which name it is saved: its own, or the petition's with what its bytes tell. */
export function fileName(code: string, { id, name }: { id: number; name: string | null }, form: FileForm) {
  return name ?? `${code}-${id}.${form.ending}`;
}

function says(bytes: Uint8Array, from: number, letters: string): boolean {
  return begins(
    bytes.subarray(from),
    [...letters].map((letter) => letter.charCodeAt(0)),
  );
}

function begins(bytes: Uint8Array, signs: number[]): boolean {
  return bytes.length >= signs.length && signs.every((sign, i) => bytes[i] === sign);
}
