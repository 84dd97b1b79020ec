import type { ConsoleOptions } from "../desk.ts";
import type { Mount } from "../mount.ts";
import type { View } from "../view.tsx";
import { attachmentPage } from "./attachment-page.ts";
import { dashboardPage } from "./dashboard-page.tsx";
import { groupPages } from "./group-page.tsx";
import { groupsPages } from "./groups-page.tsx";
import { importPages } from "./import-page.tsx";
import { listPage } from "./list-page.tsx";
import { MAX_OPINIONS_BYTES, opinionsPages } from "./opinions-page.tsx";
import { papersPages } from "./papers-page.tsx";
import { petitionPages } from "./petition-page.tsx";
import { presenceHandler } from "./presence.ts";
import { VERB_NAMES } from "./verbs.ts";

/** The pages about petitions: how they stand, the list, one of them, groups, files of opinions, papers. */
export function mountPetitions(mount: Mount, options: ConsoleOptions, view: View): void {
  mount("GET /console", dashboardPage(options, view));
  mount("GET /console/petitions", listPage(options, view));
  const petition = petitionPages(options, view);
  mount("GET /console/petitions/:code", petition.show);
  mount("GET /console/petitions/:code/attachments/:id", attachmentPage(options, view));
  for (const name of VERB_NAMES) mount(`POST /console/petitions/:code/${name}`, petition.handlerOf(name));
  mount("POST /console/petitions/:code/presence", presenceHandler(options, view));

  const groups = groupsPages(options, view);
  mount("GET /console/groups", groups.show);
  mount("POST /console/groups", groups.make);
  mount("GET /console/groups/suggestions", groups.suggest);
  const group = groupPages(options, view);
  mount("GET /console/groups/:id", group.show);
  mount("POST /console/groups/:id/answer", group.answer);
  mount("POST /console/groups/:id/forward", group.forward);
  mount("POST /console/groups/:id/ungroup", group.ungroup);

  const opinions = opinionsPages(options, view);
  mount("GET /console/opinions", opinions.show);
  mount("POST /console/opinions", opinions.submit, { maxFormBytes: MAX_OPINIONS_BYTES });
  mount("GET /console/opinions/template.csv", opinions.template);
  const imports = importPages(options, view);
  mount("GET /console/opinions/:id", imports.show);
  mount("POST /console/opinions/:id/resume", imports.resume);

  const papers = papersPages(options, view);
  mount("GET /console/papers", papers.show);
  mount("GET /console/papers/:name", papers.save);
}
