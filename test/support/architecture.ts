import ts from "typescript";

/** A file by its path from the root of the repository. */
export type Source = { path: string; text: string };

type Import = { specifier: string; isTypeOnly: boolean };

/** Who may import whom below src; what stands in no list here is a root file, which wires and is imported by no folder. */
const INSIDE: Record<string, string[]> = {
  text: [],
  knowledge: ["text"],
  retrieval: ["text", "knowledge"],
  answering: ["text", "knowledge", "retrieval"],
  petitions: ["text", "knowledge"],
  staff: [],
  conversation: ["text", "knowledge", "answering", "petitions"],
};
const OUTSIDE: Record<string, string[]> = {
  channels: ["text", "conversation"],
  providers: ["text", "retrieval", "answering"],
  reading: ["text", "knowledge"],
  papers: ["text", "knowledge", "petitions"],
  db: ["knowledge", "conversation", "petitions", "staff"],
  console: ["text", "knowledge", "conversation", "petitions", "staff"],
};
/** The one folder that joins several outsides: what is read, kept, tried out and put in force belongs together. */
const JOINING: Record<string, string[]> = {
  library: ["text", "knowledge", "retrieval", "answering", "conversation", "reading", "providers", "db"],
};
const MAY_IMPORT = { ...INSIDE, ...OUTSIDE, ...JOINING };
export const FOLDERS = Object.keys(MAY_IMPORT);

/** Where each library may be used; "root" stands for the files directly in src. */
const HOMES: Record<string, string[]> = {
  grammy: ["channels"],
  axios: ["channels"],
  pg: ["db"],
  "@langchain/core": ["providers"],
  "@langchain/openai": ["providers"],
  hono: ["channels/web-chat", "console", "root"],
  "@hono/node-server": ["channels/web-chat", "console", "root"],
  "hnswlib-node": ["retrieval/vectors.ts"],
  "@node-rs/argon2": ["console"],
  yaml: ["knowledge"],
  "lru-cache": ["answering", "text"],
  mammoth: ["reading"],
  unpdf: ["reading"],
  "node-html-parser": ["reading"],
  yauzl: ["reading", "db"],
  yazl: ["db"],
  "pg-copy-streams": ["db"],
  "read-excel-file": ["reading"],
  "write-excel-file": ["papers"],
  docx: ["papers"],
  pino: ["log.ts"],
  "prom-client": ["root"],
  // At the borders only: settings, what networks, models and forms send, documents, and the state that comes back from storage.
  zod: [
    "config.ts",
    "commands.ts",
    "opinion-commands.ts",
    "library-commands.ts",
    "channels",
    "providers",
    "console",
    "knowledge",
    "conversation/state.ts",
    "db/backup-file.ts",
  ],
};
/** Libraries whose types may be named outside their home. */
const TYPES_MAY_TRAVEL: Record<string, string[]> = { pg: ["root"] };

/** hnswlib-node is a native CommonJS module that may be missing, and an import statement cannot be allowed to fail. */
const BUILT_IN_ALLOWED: Record<string, string> = { "src/retrieval/vectors.ts": "node:module" };

/** What an inside folder may not reach for: the clock, chance, the environment, the network. */
const IMPURE_GLOBALS = new Set([
  "process",
  "performance",
  "crypto",
  "fetch",
  "console",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "globalThis",
]);
const IMPURE_MEMBERS = new Set(["Date.now", "Math.random"]);

const LONGEST_FILE = 250;

/** Every break of the import table and of the libraries' homes. */
export function importFaults(sources: Source[]): string[] {
  return sources.flatMap((source) => {
    const folder = folderOf(source.path);
    return importsOf(source).flatMap((each) => {
      const fault = each.specifier.startsWith(".")
        ? neighbourFault(folder, resolveFrom(source.path, each.specifier))
        : libraryFault(source.path, folder, each);
      return fault ? [`${source.path}: ${fault}`] : [];
    });
  });
}

function neighbourFault(folder: string, target: string): string | null {
  if (!target.startsWith("src/")) return `src may not import ${target}`;
  const other = folderOf(target);
  if (folder === "root" || folder === other) return null;
  if (other === "root") return `${folder} may not import the root file ${target}`;
  return MAY_IMPORT[folder]?.includes(other) ? null : `${folder} may not import ${other} (${target})`;
}

function libraryFault(path: string, folder: string, { specifier, isTypeOnly }: Import): string | null {
  if (specifier.startsWith("node:")) {
    const isAllowed = !(folder in INSIDE) || BUILT_IN_ALLOWED[path] === specifier;
    return isAllowed ? null : `${folder} is pure and may not import ${specifier}`;
  }
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  const homes = HOMES[name];
  if (!homes) return `${name} has no home yet; give it one in the table`;
  const isHome = (home: string) => (home === "root" ? folder === "root" : isBelow(path, `src/${home}`));
  const isGuest = isTypeOnly && (TYPES_MAY_TRAVEL[name] ?? []).some(isHome);
  return homes.some(isHome) || isGuest ? null : `${name} belongs to ${homes.join(", ")}`;
}

/** Every circle of imports, those of types included. */
export function cycleFaults(sources: Source[]): string[] {
  const graph = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source)
        .filter(({ specifier }) => specifier.startsWith("."))
        .map(({ specifier }) => resolveFrom(source.path, specifier)),
    ]),
  );
  const done = new Set<string>();
  const faults: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path)) {
      faults.push(`import cycle: ${[...trail.slice(trail.indexOf(path)), path].join(" → ")}`);
    } else if (!done.has(path)) {
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of graph.keys()) visit(path, []);
  return faults;
}

/** Every reach of an inside folder for the clock, chance, the environment or the network. */
export function purityFaults(sources: Source[]): string[] {
  return sources
    .filter((source) => folderOf(source.path) in INSIDE)
    .flatMap((source) =>
      impurities(source).map(
        (found) => `${source.path}: ${folderOf(source.path)} is pure and may not use ${found}`,
      ),
    );
}

function impurities(source: Source): string[] {
  const root = parse(source);
  const own = declaredNames(root);
  return nodesOf(root).flatMap((node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length)
      return ["new Date() without an argument"];
    if (ts.isCallExpression(node) && node.expression.getText() === "Date") return ["Date()"];
    if (ts.isPropertyAccessExpression(node) && IMPURE_MEMBERS.has(node.getText())) return [node.getText()];
    if (ts.isIdentifier(node) && IMPURE_GLOBALS.has(node.text) && !own.has(node.text) && !isOnlyAName(node))
      return [node.text];
    return [];
  });
}

function declaredNames(root: ts.SourceFile): Set<string> {
  const declarations = nodesOf(root).filter(
    (node) =>
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isImportSpecifier(node),
  );
  return new Set(
    declarations.flatMap((node) => (node.name && ts.isIdentifier(node.name) ? [node.name.text] : [])),
  );
}

/** The name of a member or of a key, as in `catalog.process` or `{ process: 1 }`. */
function isOnlyAName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node)
  );
}

/** Files that one cannot take in at a sitting. */
export function lengthFaults(sources: Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split("\n").length;
    return lines > LONGEST_FILE ? [`${path}: ${lines} lines, more than ${LONGEST_FILE}`] : [];
  });
}

/** Dependencies whose version is a range, so that two installations could differ. */
export function pinFaults(packageJson: Record<string, unknown>): string[] {
  const groups = ["dependencies", "devDependencies", "optionalDependencies"];
  return groups.flatMap((group) =>
    Object.entries((packageJson[group] ?? {}) as Record<string, string>)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json: ${group} ${name} is not pinned to one version (${version})`),
  );
}

function folderOf(path: string): string {
  const [first = "", ...rest] = path.replace(/^src\//, "").split("/");
  return rest.length > 0 ? first : "root";
}

function isBelow(path: string, home: string): boolean {
  return path === home || path.startsWith(`${home}/`);
}

function resolveFrom(path: string, specifier: string): string {
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

/** Import and export statements, dynamic imports, and the types written `import("…").X`. */
function importsOf(source: Source): Import[] {
  return nodesOf(parse(source)).flatMap((node) => {
    if (ts.isImportDeclaration(node)) return found(node.moduleSpecifier, isForTypes(node.importClause));
    if (ts.isExportDeclaration(node)) return found(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      return found(node.argument.literal, true);
    if (ts.isCallExpression(node) && isLoading(node.expression)) return found(node.arguments[0], false);
    return [];
  });
}

function isLoading(called: ts.Expression): boolean {
  return called.kind === ts.SyntaxKind.ImportKeyword || called.getText() === "require";
}

function found(literal: ts.Node | undefined, isTypeOnly: boolean): Import[] {
  return literal && ts.isStringLiteral(literal) ? [{ specifier: literal.text, isTypeOnly }] : [];
}

function isForTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  const named = clause.namedBindings;
  const onlyTypes =
    !clause.name && named && ts.isNamedImports(named) && named.elements.every((each) => each.isTypeOnly);
  return clause.isTypeOnly || Boolean(onlyTypes);
}

function parse({ path, text }: Source): ts.SourceFile {
  const kind = path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const walk = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, walk);
  };
  walk(root);
  return nodes;
}
