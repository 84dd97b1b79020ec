import type { ConsoleOptions } from "../desk.ts";
import type { Mount } from "../mount.ts";
import type { View } from "../view.tsx";
import { documentPage } from "./document-page.tsx";
import { documentsPage } from "./documents-page.tsx";
import { editionPages } from "./edition-page.tsx";
import { originalPage } from "./original.ts";
import { overtakenPage } from "./overtaken-page.tsx";
import { overviewPage } from "./overview-page.tsx";
import { proposalPages } from "./proposal-page.tsx";
import { proposalsPage } from "./proposals-page.tsx";
import { proposePages } from "./propose-page.tsx";
import { searchPage } from "./search-page.tsx";
import { MAX_UPLOAD_BYTES, uploadHandler } from "./upload.ts";

/** The pages about what answers rest on. */
export function mountKnowledge(mount: Mount, options: ConsoleOptions, view: View): void {
  const { knowledge } = options;
  const overview = overviewPage(knowledge, view);
  const edition = editionPages(options, view);
  mount("GET /console/knowledge", overview.show);
  mount("POST /console/knowledge/files", uploadHandler(options, { overview, edition }, view), {
    maxFormBytes: MAX_UPLOAD_BYTES,
  });
  mount("GET /console/knowledge/editions/:id", edition.show);
  mount("POST /console/knowledge/editions/:id/remove", edition.remove);
  mount("POST /console/knowledge/editions/:id/undo", edition.undo);
  mount("POST /console/knowledge/editions/:id/check", edition.check);
  mount("POST /console/knowledge/editions/:id/publish", edition.publish);
  mount("POST /console/knowledge/editions/:id/drop", edition.drop);
  mount("POST /console/knowledge/editions/:id/roll-back", edition.rollBack);

  mount("GET /console/knowledge/documents", documentsPage(options, view));
  mount("GET /console/knowledge/documents/:slug", documentPage(options, view));
  mount("GET /console/knowledge/originals/:hash", originalPage(options, view));
  mount("GET /console/knowledge/publications/:id/overtaken", overtakenPage(knowledge, view));
  mount("GET /console/knowledge/search", searchPage(knowledge, view));

  const propose = proposePages(options, view);
  mount("GET /console/petitions/:code/propose", propose.show);
  mount("POST /console/petitions/:code/propose", propose.submit);
  mount("GET /console/proposals", proposalsPage(knowledge.proposals, view));
  const proposal = proposalPages(options, view);
  mount("GET /console/proposals/:id", proposal.show);
  mount("POST /console/proposals/:id/approve", proposal.approve);
  mount("POST /console/proposals/:id/decline", proposal.decline);
}
