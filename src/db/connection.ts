import pg from "pg";

const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;
const DATE_ARRAY = 1182;
const TEXT_ARRAY = 1009;

/** The types of the library list no arrays. */
const usualParser = pg.types.getTypeParser as (oid: number, format: "text") => (text: string) => unknown;

/** Ids and counts are numbers; dates stay as written, for a day has no time zone. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: "text") => {
    if (oid === INT8) return toNumber;
    if (oid === INT8_ARRAY) return toNumbers;
    if (oid === DATE) return String;
    return usualParser(oid === DATE_ARRAY ? TEXT_ARRAY : oid, format);
  }) as typeof pg.types.getTypeParser,
};

function toNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is too large for a number`);
  return value;
}

function toNumbers(text: string): (number | null)[] {
  const texts = usualParser(INT8_ARRAY, "text")(text) as (string | null)[];
  return texts.map((each) => (each === null ? null : toNumber(each)));
}

/**
 * How the planner is told to plan. Disks of today read a page anywhere about as fast as the next one; told otherwise, it reads
 * a whole table rather than the small index that answers a count. Our queries are short, and starting helpers takes longer.
 */
const PLANNING = "-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0";

/** How every connection is made; the wait for an answer ends on our side, as a half-open connection never tells. */
export const CLIENT: pg.ClientConfig = {
  connectionTimeoutMillis: 5_000,
  query_timeout: 5_000,
  keepAlive: true,
  application_name: "cau-noi",
  options: `-c timezone=Asia/Ho_Chi_Minh ${PLANNING}`,
  types: TYPES,
};

/** Connections for everything that has none of its own. */
export const POOL_SIZE = 10;

/** The pool's connections also let the server end what takes too long. */
export const POOL: pg.PoolConfig = {
  ...CLIENT,
  statement_timeout: 5_000,
  idle_in_transaction_session_timeout: 10_000,
};

/** Runs work that may take long on a connection of its own: the timeouts of a pool are for the work of every day. */
export async function withPatientClient<T>(
  { options }: pg.Pool,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const none = { query_timeout: 0, statement_timeout: 0, idle_in_transaction_session_timeout: 0 };
  // The pool hides its password from copies.
  const client = new pg.Client({ ...options, ...none, password: options.password });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
