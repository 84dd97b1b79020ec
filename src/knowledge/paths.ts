/** Files that hold knowledge, by their path in the knowledge folder; anything else beside them (a README, a sidecar) is passed over. */
export function isKnowledgePath(path: string): boolean {
  return /^[a-z-]+\.yaml$/.test(path) || isGoldenPath(path) || isDocumentPath(path);
}

export function isDocumentPath(path: string): boolean {
  return path.startsWith("documents/") && !path.endsWith(".yaml");
}

export function isGoldenPath(path: string): boolean {
  return /^golden\/[^/]+\.jsonl$/.test(path);
}
