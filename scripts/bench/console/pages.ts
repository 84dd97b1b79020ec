import type { Catalog } from "../../../src/knowledge/corpus.ts";
import { todayInVietnam } from "../../../src/today.ts";

/** A page as it is asked for. */
export type Page = { name: string; path: string };

const DAY_MS = 86_400_000;

/** The list pages of the console, with the filters that change how their rows are found. */
export function listPages({ agencies, communes }: Catalog): Page[] {
  const since = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
  const period = (days: number) => `from=${since(days)}&to=${todayInVietnam()}`;
  const [commune] = communes;
  const area = `${commune?.kind} ${commune?.name}`;
  return PAGES.map(([name, path]) => ({
    name,
    path: path
      .replace("MONTH", period(30))
      .replace("YEAR", period(365))
      .replace("AREA", area)
      .replace("AGENCY", agencies[0]?.id ?? ""),
  }));
}

const PAGES: [name: string, path: string][] = [
  ["dashboard", "/console"],
  ["dashboard, a month", "/console?MONTH"],
  ["dashboard, a year", "/console?YEAR"],
  ["petitions", "/console/petitions"],
  ["petitions, late", "/console/petitions?status=late"],
  ["petitions, due soon", "/console/petitions?status=soon"],
  ["petitions, all", "/console/petitions?status=all"],
  ["petitions, all, page 1000", "/console/petitions?status=all&page=1000"],
  ["petitions, all with agreement", "/console/petitions?status=all&stance=all"],
  ["petitions, all with agreement, page 1000", "/console/petitions?status=all&stance=all&page=1000"],
  ["petitions, resolved", "/console/petitions?status=resolved"],
  ["petitions, received", "/console/petitions?status=received"],
  ["petitions, forwarded", "/console/petitions?status=forwarded"],
  ["petitions, agreement", "/console/petitions?status=all&stance=dong-thuan"],
  ["petitions, topic", "/console/petitions?topic=ha-tang"],
  ["petitions, agency", "/console/petitions?agency=AGENCY&status=all"],
  ["petitions, no agency", "/console/petitions?agency=none"],
  ["petitions, area", "/console/petitions?area=AREA"],
  ["petitions, no area", "/console/petitions?area=none&status=all"],
  ["petitions, channel", "/console/petitions?channel=telegram&status=all"],
  ["petitions, on paper", "/console/petitions?channel=paper&status=all"],
  ["petitions, in a group", "/console/petitions?group=any"],
  ["petitions, one group", "/console/petitions?group=1"],
  ["petitions, in no group", "/console/petitions?group=none"],
  ["petitions, one import", "/console/petitions?import=3"],
  ["petitions, a month", "/console/petitions?MONTH&status=all"],
  ["petitions, newest first", "/console/petitions?order=newest"],
  ["petitions, all by due day", "/console/petitions?status=all&order=due"],
  ["petitions, topic and area", "/console/petitions?topic=ha-tang&area=AREA&status=all"],
  ["search, rare words", "/console/petitions?q=giấy+mời+khai+giảng+đi+không+kịp"],
  ["search, common words", "/console/petitions?q=bà+con+hợp+tác+xã"],
  ["search, no marks", "/console/petitions?q=nao+vet+kenh+truc"],
  ["search, one syllable", "/console/petitions?q=xin"],
  ["search, nothing found", "/console/petitions?q=zzzzzz"],
  ["search, a code", "/console/petitions?q=KN-222222"],
  ["groups", "/console/groups"],
  ["groups, page 10", "/console/groups?page=10"],
  ["suggested groups", "/console/groups/suggestions?topic=ha-tang"],
  ["questions", "/console/questions"],
  ["questions, page 500", "/console/questions?page=500"],
  ["questions, unanswered of a topic", "/console/questions?kind=unanswered&topic=von-vay"],
  ["questions, answered of a topic", "/console/questions?kind=answered&topic=von-vay"],
  ["chats", "/console/chats"],
  ["chats, all", "/console/chats/all"],
  ["chats, all, page 100", "/console/chats/all?page=100"],
  ["chats, all of a channel", "/console/chats/all?channel=telegram"],
  ["chats, all, search", "/console/chats/all?q=vay+vốn"],
  ["chats, failed", "/console/chats/failed"],
  ["judgements", "/console/judgements"],
  ["papers", "/console/papers"],
  ["papers, a month", "/console/papers?MONTH"],
  ["opinions", "/console/opinions"],
  ["knowledge", "/console/knowledge"],
  ["documents", "/console/knowledge/documents"],
  ["proposals", "/console/proposals"],
  ["staff", "/console/staff"],
  ["audit", "/console/audit"],
  ["audit, page 100", "/console/audit?page=100"],
  ["switches", "/console/switches"],
  ["directory", "/console/directory"],
  ["precision", "/console/precision"],
  ["help", "/console/help"],
];
