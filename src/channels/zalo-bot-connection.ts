import http from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";

/**
 * Agents that open a fresh connection for each call and give it up after `ms`. A kept connection may be closed
 * under a new call, which would then look as if it had been sent.
 */
export function impatientAgents(ms: number): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  return {
    httpAgent: impatient(new http.Agent({ keepAlive: false }), "connect", ms),
    httpsAgent: impatient(new https.Agent({ keepAlive: false }), "secureConnect", ms),
  };
}

function impatient<Kind extends http.Agent>(agent: Kind, connected: string, ms: number): Kind {
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = create(options, callback);
    if (socket) giveUpAfter(ms, socket, connected);
    return socket;
  };
  return agent;
}

function giveUpAfter(ms: number, socket: Duplex, connected: string): void {
  const timer = setTimeout(() => socket.destroy(tooSlow()), ms);
  for (const event of [connected, "close"]) socket.once(event, () => clearTimeout(timer));
}

/** Named as the system names it, so that nobody takes it for a call that was sent. */
function tooSlow(): Error {
  return Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT", syscall: "connect" });
}
