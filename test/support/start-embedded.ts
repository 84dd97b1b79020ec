import { startEmbedded } from "../../src/db/embedded.ts";

// Starts the server of a data folder, says where it is, and stops it.
const server = await startEmbedded({ dataDir: process.argv[2] ?? "", log: () => {} });
console.log(`location ${server.location}`);
await server.stop();
console.log("stopped");
