// Loaded before everything else: until main.ts listens there is nothing to stop, and tsx alone takes a second to load on a busy machine.
for (const name of ["SIGTERM", "SIGINT"]) process.once(name, () => process.exit(0));
