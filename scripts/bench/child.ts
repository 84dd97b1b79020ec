import { cauNoi } from "./cau-noi.ts";
import { readCorpus, readQueries } from "./data.ts";
import { measure } from "./measure.ts";
import { PEERS } from "./peers.ts";
import { clauses } from "./synthetic.ts";

/** What the parent asks of a child process: one system over one set. */
export type Order = {
  system: string;
  corpus: string;
  queries: string;
  limit: number | null;
  synthetic: number | null;
};

const order = JSON.parse(process.argv[2] ?? "{}") as Order;
const system = [cauNoi, ...PEERS].find(({ name }) => name === order.system);
if (!system) throw new Error(`no system ${order.system}`);
const read = await readCorpus(order.corpus);
const articles = order.synthetic === null ? read : [...clauses(read, order.synthetic)];
const queries = (await readQueries(order.queries)).slice(0, order.limit ?? undefined);
process.send?.(await measure(system, articles, queries), () => process.exit(0));
