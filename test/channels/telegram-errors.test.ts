import { HttpError } from "grammy";
import { describe, expect, it } from "vitest";
import { deliveryFor, describe as inWords } from "../../src/channels/telegram-errors.ts";

const failed = (cause: Error) =>
  new HttpError("Network request failed!", new TypeError("fetch failed", { cause }));
const errno = (code: string, syscall: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
const outcome = (cause: Error) => deliveryFor(failed(cause), (text) => text).outcome;

const refused = errno("ECONNREFUSED", "connect");
const insecure = "Client network socket disconnected before secure TLS connection was established";

describe("a network error", () => {
  it.each<[string, Error]>([
    ["no address answers", new AggregateError([refused, errno("ENETUNREACH", "connect")])],
    ["the connection takes too long", Object.assign(new Error(), { code: "UND_ERR_CONNECT_TIMEOUT" })],
    ["the name is unknown", errno("ENOTFOUND", "getaddrinfo")],
    ["TLS is cut off", Object.assign(new Error(insecure), { code: "ECONNRESET" })],
    ["the certificate is too old", Object.assign(new Error(), { code: "CERT_HAS_EXPIRED" })],
  ])("means a later try when %s", (_when, cause) => {
    expect(outcome(cause)).toBe("retry");
  });

  it.each<[string, Error]>([
    ["the connection is reset", errno("ECONNRESET", "read")],
    ["writing fails", errno("EPIPE", "write")],
    ["the other side closes", Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" })],
    ["one of several failures came later", new AggregateError([refused, errno("ECONNRESET", "read")])],
  ])("leaves it uncertain when %s", (_when, cause) => {
    expect(outcome(cause)).toBe("uncertain");
  });

  it("is told down to its cause", () => {
    expect(inWords(failed(refused), (text) => text)).toBe("fetch failed: connect ECONNREFUSED");
  });
});
