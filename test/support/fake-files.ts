import type { ServerResponse } from "node:http";

/** How a fake network gives one file out. */
export type KeptFile =
  | { kind: "bytes"; bytes: Uint8Array }
  | { kind: "status"; status: number }
  | { kind: "redirect"; to: string }
  /** Goes on for so many bytes without telling how many there will be. */
  | { kind: "endless"; bytes: number }
  | { kind: "cut off" }
  | { kind: "hang" };

/** The files of a fake network, by the path at which they lie; it notes what was asked for. */
export function createFileHost() {
  const files = new Map<string, KeptFile>();
  const asked: string[] = [];
  return {
    asked,
    put: (path: string, file: KeptFile) => void files.set(path, file),
    /** Answers when there is such a file; false when there is none. */
    serve(path: string, response: ServerResponse): boolean {
      const file = files.get(path);
      if (!file) return false;
      asked.push(path);
      give(file, response);
      return true;
    },
  };
}

function give(file: KeptFile, response: ServerResponse): void {
  switch (file.kind) {
    case "bytes":
      return void response.writeHead(200, { "content-length": file.bytes.length }).end(file.bytes);
    case "status":
      return void response.writeHead(file.status).end("<html>…</html>");
    case "redirect":
      return void response.writeHead(302, { location: file.to }).end();
    case "endless":
      return void response.writeHead(200).end(Buffer.alloc(file.bytes, 1));
    case "cut off":
      response.writeHead(200, { "content-length": 1000 });
      return void response.write("half", () => response.destroy());
    case "hang":
  }
}
