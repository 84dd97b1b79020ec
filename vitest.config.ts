import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // One more than the two cores we count on, since many tests wait for a process or a database.
    maxWorkers: 3,
    reporters: ["default"],
    env: { TZ: "Asia/Ho_Chi_Minh" },
  },
});
