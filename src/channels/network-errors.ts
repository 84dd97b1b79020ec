/** True only when the request cannot have left this machine: no name, no connection, no trusted TLS. */
export function neverWritten(error: unknown): boolean {
  return causesOf(error).some(isBeforeConnection);
}

/** An error with the causes that hang below it, outermost first. */
export function causesOf(error: unknown): unknown[] {
  return error instanceof Error && error.cause !== undefined ? [error, ...causesOf(error.cause)] : [error];
}

function isBeforeConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = "", syscall = "" } = error as NodeJS.ErrnoException;
  if (error instanceof AggregateError) return error.errors.every(isBeforeConnection);
  if (syscall === "connect" || syscall === "getaddrinfo") return true;
  if (code === "UND_ERR_CONNECT_TIMEOUT") return true;
  return /CERT|ERR_TLS/.test(code) || error.message.includes("before secure TLS connection");
}

/** An error's own words, or its code when it has none. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}
