/** An object of a PDF: its dictionary, and the bytes of its stream if it has one. */
export type PdfObject = string | { dictionary: string; stream: Buffer };

/** Writes a PDF with a correct cross-reference table; object 1 is its catalog. */
export function pdfBytes(objects: PdfObject[], trailer = ""): Buffer {
  const pieces: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  const offsets: number[] = [];
  let offset = pieces[0]?.length ?? 0;
  for (const [i, object] of objects.entries()) {
    const bytes = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), bodyOf(object), Buffer.from("\nendobj\n")]);
    offsets.push(offset);
    offset += bytes.length;
    pieces.push(bytes);
  }
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${offset}\n%%EOF\n`;
  return Buffer.concat([...pieces, Buffer.from(end)]);
}

function bodyOf(object: PdfObject): Buffer {
  if (typeof object === "string") return Buffer.from(object);
  return Buffer.concat([
    Buffer.from(`<< ${object.dictionary} /Length ${object.stream.length} >>\nstream\n`),
    object.stream,
    Buffer.from("\nendstream"),
  ]);
}

/** A PDF of one page with this drawing, in a font that every reader has. */
export function pdfPage(content: string, more = ""): Buffer {
  return pdfBytes([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${more} >>`,
    { dictionary: "", stream: Buffer.from(content) },
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ]);
}
