import { demoCsv, demoOpinions } from "../../scripts/demo/opinions.ts";
import type { Catalog } from "../../src/console/office.ts";
import type { ChannelName } from "../../src/conversation/channel.ts";
import { buildCorpus } from "../../src/knowledge/corpus.ts";
import type { NewPetition } from "../../src/petitions/petition.ts";
import { ownFiles, TODAY } from "./corpus.ts";
import { type FreshDatabase, freshDatabase } from "./database.ts";
import { incoming } from "./samples.ts";
import { type Client, hiddenFields, openWeb, type Web } from "./web.ts";

export type OfficeRig = { fresh: FreshDatabase; web: Web; catalog: Catalog };

/** The web server with the topics, agencies and communes of the knowledge folder. */
export async function openOffice(): Promise<OfficeRig> {
  const files = (await ownFiles()).filter(({ path }) => !/^(documents|golden)\//.test(path));
  const { catalog } = buildCorpus(files);
  const fresh = await freshDatabase();
  return { fresh, web: openWeb(fresh.database, null, undefined, catalog), catalog };
}

/** The 692 opinions of the demonstration as a file. */
export function demoFile({ communes }: Catalog): string {
  return demoCsv(demoOpinions(communes, 7, TODAY));
}

/** The commune from which twenty opinions of the demonstration ask for one thing. */
export function gatheredCommune({ communes }: Catalog): string {
  const asking = demoOpinions(communes, 7, TODAY).find(({ noi_dung }) =>
    noi_dung.includes("nao vet kenh truc"),
  );
  return asking?.xa_phuong ?? "";
}

/** Hands a file of opinions in; returns the page of its import, or the refusal. */
export async function importFile(client: Client, name: string, text: string): Promise<Response> {
  const hidden = hiddenFields(await client.page("/console/opinions"), "/console/opinions");
  const form = new FormData();
  for (const [field, value] of Object.entries(hidden)) form.set(field, value);
  form.set("file", new File([text], name));
  const answer = await client.form("/console/opinions", form);
  const at = answer.headers.get("location");
  return at ? client.get(at) : answer;
}

/** A petition in a new chat of its own on a channel. */
export async function petitionOn(
  web: Web,
  channel: ChannelName,
  given: Partial<NewPetition> = {},
): Promise<{ code: string; conversationId: number }> {
  const { conversationId } = await web.messages.receive(incoming({ channel }));
  return { code: await web.addPetition(conversationId, given), conversationId };
}

/** How many petitions a list says it holds. */
export function totalOf(page: string): number {
  return Number(/id="total">\s*([\d.]+)/.exec(page)?.[1]?.replaceAll(".", "") ?? Number.NaN);
}

/** The address of each link of a page with the number that stands in it. */
export function numberedLinks(page: string): { href: string; count: number }[] {
  const links = page.matchAll(/<a href="([^"]+)"[^>]*>(?:[^<]*<b>)?([\d.]+)(?:<\/b>[^<]*)?<\/a>/g);
  return [...links].map(([, href = "", count = ""]) => ({
    href: href.replaceAll("&amp;", "&"),
    count: Number(count.replaceAll(".", "")),
  }));
}
