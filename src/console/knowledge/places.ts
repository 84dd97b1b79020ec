import { slug } from "../../text/fold.ts";
import type { InUse } from "../knowledge-desk.ts";

/** The page of a document, by its number. */
export function documentAddress(number: string): string {
  return `/console/knowledge/documents/${slug(number)}`;
}

/** A clause on the page of its document; ids hold "#" and "@", which an address would take for something else. */
export function clauseAddress({ id, document }: { id: string; document: string }): string {
  return `${documentAddress(document)}#${anchorOf(id)}`;
}

export function anchorOf(id: string): string {
  return id.replace(/[^\w-]+/g, "_");
}

export function editionAddress(id: number): string {
  return `/console/knowledge/editions/${id}`;
}

/** A clause as people name it; one that is no longer in use keeps its id. */
export function clauseName(inUse: InUse, id: string): string {
  const passage = inUse.passage(id);
  return passage ? `${passage.document}, ${passage.locator}` : id;
}
