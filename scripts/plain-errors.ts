/** A person who runs a command reads what went wrong, not where in the code; LOG_LEVEL=debug shows both. */
process.on("uncaughtException", (error) => {
  console.error(process.env.LOG_LEVEL === "debug" ? error : error.message);
  process.exit(1);
});
