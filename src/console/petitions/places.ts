/** The page of a petition, by its code. */
export function petitionAddress(code: string): string {
  return `/console/petitions/${code}`;
}

/** A photo or document of a petition, to save. */
export function attachmentAddress(code: string, id: number): string {
  return `${petitionAddress(code)}/attachments/${id}`;
}

/** The page of a group. */
export function groupAddress(id: number): string {
  return `/console/groups/${id}`;
}

/** The page of an import of opinions. */
export function importAddress(id: number): string {
  return `/console/opinions/${id}`;
}

/** A paper to save, with what it is made of. */
export function paperAddress(name: string, scope: Record<string, string | null | undefined> = {}): string {
  return withQuery(`/console/papers/${name}`, scope);
}

/** An address with its query; what has no value is left out. */
export function withQuery(path: string, query: Record<string, string | null | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
