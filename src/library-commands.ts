import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import type { Ask } from "./answering/answer.ts";
import type { Corpus } from "./knowledge/corpus.ts";
import { type Author, NotPossible } from "./knowledge/edition.ts";
import { expiringWithin } from "./knowledge/expiring.ts";
import type { OpenLibrary } from "./library/open.ts";

/** What the commands of this machine ask about the knowledge; served on its own socket, which only its owner may open. */
export type LibraryCommands = Pick<OpenLibrary, "library" | "editions" | "citations"> & {
  /** What answers now; a command that only stages and publishes never asks for it. */
  now(): Answering | Promise<Answering>;
  today: () => string;
};

type Answering = { edition: number; ask: Ask; corpus: Corpus };

const AUTHOR: Author = { name: "Dòng lệnh", staffId: null };
/** A few files of 20 MiB each, with what a form adds. */
const MAX_FORM_BYTES = 64 * 1024 * 1024;
const MAX_JSON_BYTES = 16 * 1024 * 1024;

const Name = z.string().min(1).max(500);
const Fingerprints = z.object({
  files: z.array(z.object({ name: Name, hash: z.string(), sidecar: z.string().nullable() })),
});
const Note = z.object({ note: z.string().max(500).nullable().default(null) });
const Override = z.object({ override: z.string().max(2000).nullable().default(null) });
const Reason = z.object({ reason: z.string().max(2000) });
const Question = z.object({ text: z.string(), context: z.array(z.string()).default([]) });
const Path = z.object({ path: z.string() });

export function libraryCommands({ library, editions, citations, now, today }: LibraryCommands): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof NotPossible) return c.json({ error: error.reason }, 409);
    if (error instanceof z.ZodError) return c.json({ error: "Yêu cầu không đúng dạng." }, 400);
    throw error;
  });
  app.use(limitOf);

  app.post("/commands/ask", async (c) => {
    const { text, context } = Question.parse(await c.req.json());
    return c.json(await (await now()).ask({ text, context, today: today() }));
  });
  app.post("/commands/knowledge/unchanged", async (c) =>
    c.json({ rows: await library.unchanged(Fingerprints.parse(await c.req.json()).files) }),
  );
  app.get("/commands/knowledge/expiring", async (c) =>
    c.json({ passages: expiringWithin((await now()).corpus.passages, today()) }),
  );
  app.get("/commands/editions", async (c) =>
    c.json({
      current: await editions.current(),
      staged: await editions.staged(),
      history: await editions.history(),
    }),
  );
  app.post("/commands/editions", async (c) => {
    const { note } = Note.parse(await c.req.json());
    return c.json({ edition: await library.stage(AUTHOR, note) });
  });
  app.get("/commands/editions/:id", async (c) => {
    const found = await editions.find(idOf(c));
    if (!found) throw new NotPossible("Không có bản này.");
    if (!found.report) throw new NotPossible("Bản này chưa được kiểm tra.");
    return c.json(found.report as object);
  });
  app.post("/commands/editions/:id/files", async (c) =>
    c.json({ rows: await library.add(idOf(c), await filesOf(c)) }),
  );
  app.post("/commands/editions/:id/remove", async (c) => {
    await library.remove(idOf(c), Path.parse(await c.req.json()).path);
    return c.json({});
  });
  app.post("/commands/editions/:id/embed", async (c) => c.json({ embedded: await library.embed(idOf(c)) }));
  app.post("/commands/editions/:id/check", async (c) => c.json(await library.check(idOf(c))));
  app.post("/commands/editions/:id/publish", async (c) => {
    await library.publish(idOf(c), AUTHOR, Override.parse(await c.req.json()).override);
    return c.json({});
  });
  app.post("/commands/editions/:id/rollback", async (c) => {
    await library.rollBack(idOf(c), AUTHOR, Reason.parse(await c.req.json()).reason);
    return c.json({});
  });
  app.post("/commands/editions/:id/drop", async (c) => {
    await editions.drop(idOf(c));
    return c.json({});
  });
  app.get("/commands/publications/:id/overtaken", async (c) =>
    c.json({ answers: await citations.overtakenBy(idOf(c)) }),
  );
  return app;
}

const limitOf = (c: Context, next: () => Promise<void>) =>
  bodyLimit({
    maxSize: c.req.path.endsWith("/files") ? MAX_FORM_BYTES : MAX_JSON_BYTES,
    onError: (over) => over.json({ error: "Nội dung gửi lên quá lớn." }, 413),
  })(c, next);

function idOf(c: Context): number {
  return z.coerce.number().int().positive().parse(c.req.param("id"));
}

/** Files of a form: each `file` by its name, and the text of `sidecar:<name>` beside it. */
async function filesOf(c: Context) {
  const form = await c.req.formData();
  const files = form.getAll("file").filter((each) => each instanceof File);
  return Promise.all(
    files.map(async (file) => {
      const sidecar = form.get(`sidecar:${file.name}`);
      return {
        name: Name.parse(file.name),
        bytes: new Uint8Array(await file.arrayBuffer()),
        sidecar: typeof sidecar === "string" ? sidecar : null,
      };
    }),
  );
}
