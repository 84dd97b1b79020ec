import type { ConsoleOptions } from "../desk.ts";
import type { Mount } from "../mount.ts";
import type { View } from "../view.tsx";
import { directoryPages } from "./directory-page.tsx";
import { precisionPages } from "./precision-page.tsx";
import { switchPages } from "./switches-page.tsx";

/** The pages about how the service behaves: switches, directories, wanted precision. */
export function mountSettings(mount: Mount, options: ConsoleOptions, view: View): void {
  const switches = switchPages(options, view);
  mount("GET /console/switches", switches.show);
  mount("POST /console/switches", switches.turn);

  const directory = directoryPages(options, view);
  mount("GET /console/directory", directory.list);
  mount("GET /console/directory/:name", directory.show);
  mount("POST /console/directory/:name/save", directory.save);
  mount("POST /console/directory/:name/remove", directory.remove);

  const precision = precisionPages(options, view);
  mount("GET /console/precision", precision.show);
  mount("POST /console/precision", precision.set);
}
