import type { Catalog } from "../office.ts";

/** A topic's name; an id that is no longer known stands for itself. */
export function topicName({ topics }: Pick<Catalog, "topics">, id: string): string {
  return topics.find((topic) => topic.id === id)?.name ?? id;
}

export function agencyName({ agencies }: Pick<Catalog, "agencies">, id: string): string {
  return agencies.find((agency) => agency.id === id)?.name ?? id;
}

/** Kind and name, as petitions keep it: "xã Tân Bình". */
export function communeNames({ communes }: Pick<Catalog, "communes">): string[] {
  return communes.map(({ kind, name }) => `${kind} ${name}`);
}
