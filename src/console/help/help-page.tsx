import type { Handler } from "../handler.ts";
import type { View } from "../view.tsx";
import type { Article, Section } from "./article.ts";
import { ARTICLES, articleAddress } from "./articles.ts";

/** The help of the console: all articles, and one of them. */
export function helpPages(view: View): { list: Handler; show: Handler } {
  return {
    list: (c) => view.page(c, "Trợ giúp", <Contents />),
    show: (c) => {
      const article = ARTICLES.find(({ slug }) => slug === c.req.param("slug"));
      return article ? view.page(c, article.title, <Reading article={article} />) : view.refusal(c, 404);
    },
  };
}

function Contents() {
  return (
    <>
      <div class="heading">
        <h1>Trợ giúp</h1>
        <p class="quiet">Chọn việc cần làm. Trên mỗi trang, liên kết “Trợ giúp” mở đúng bài của trang đó.</p>
      </div>
      <ul class="panel plain">
        {ARTICLES.map((article) => (
          <li key={article.slug}>
            <a href={articleAddress(article)}>{article.title}</a>
            <p class="quiet">{article.about}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Reading({ article }: { article: Article }) {
  return (
    <article class="help">
      <p>
        <a href="/console/help">Mọi bài trợ giúp</a>
      </p>
      <div class="heading">
        <h1>{article.title}</h1>
        <p class="quiet">{article.about}</p>
      </div>
      {article.sections.map((section) => (
        <Part key={section.title} section={section} />
      ))}
    </article>
  );
}

function Part({ section: { title, text = [], steps = [], terms = [] } }: { section: Section }) {
  return (
    <section class="panel">
      <h2>{title}</h2>
      {steps.length > 0 ? (
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      ) : null}
      {terms.length > 0 ? (
        <dl class="known">
          {terms.map(([term, meaning]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </section>
  );
}
