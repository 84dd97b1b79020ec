import { readFileSync } from "node:fs";

/** What the system knows of a process; both null where there is no /proc. */
type Usage = { rssMb: number | null; cpuMs: number | null };

/** A clock tick of /proc, which has been a hundredth of a second on every Linux of ours. */
const TICK_MS = 10;
const SAMPLE_MS = 500;

/** Watches a process; what it returns ends the watching and tells its highest memory and the CPU time it took meanwhile. */
export function watch(pid: number): () => { rssMb: number | null; cpuMs: number | null } {
  const began = usageOf(pid);
  let highest = began.rssMb;
  const sample = () => {
    const { rssMb } = usageOf(pid);
    if (rssMb !== null) highest = Math.max(highest ?? 0, rssMb);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    sample();
    const { cpuMs } = usageOf(pid);
    return { rssMb: highest, cpuMs: cpuMs === null || began.cpuMs === null ? null : cpuMs - began.cpuMs };
  };
}

function usageOf(pid: number): Usage {
  try {
    const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program stands in brackets and may hold blanks; user and system time are the 12th and 13th after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { rssMb: Number(kb) / 1024, cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
  } catch {
    return { rssMb: null, cpuMs: null };
  }
}
