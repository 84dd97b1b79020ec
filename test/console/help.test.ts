import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ARTICLES, articleAddress, helpFor } from "../../src/console/help/articles.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Client, openWeb } from "../support/web.ts";

let fresh: FreshDatabase;
let viewer: Client;

beforeAll(async () => {
  fresh = await freshDatabase();
  viewer = await openWeb(fresh.database).signedIn("viewer");
});
afterAll(() => fresh.drop());

describe("the help of the console", () => {
  test("every article is listed and can be read by whoever may look", async () => {
    const contents = await viewer.page("/console/help");
    for (const article of ARTICLES) {
      expect(contents).toContain(`href="${articleAddress(article)}"`);
      const page = await viewer.page(articleAddress(article));
      for (const { title } of article.sections) expect(page).toContain(title);
    }
  });

  test("an article that does not exist is not found", async () => {
    expect((await viewer.get("/console/help/khong-co")).status).toBe(404);
  });

  test("each page leads to the article that explains it", async () => {
    expect(helpFor("/console/petitions/KN-234567")).toBe("/console/help/kien-nghi");
    expect(helpFor("/console/knowledge/search")).toBe("/console/help/kien-thuc");
    expect(helpFor("/console")).toBe("/console/help");
    expect(await viewer.page("/console/groups")).toContain('href="/console/help/nhom"');
  });
});
