const LAST_PAGE = 10_000;

/** The page number of an address; anything that is none is the first page. */
export function pageOf(given: string | undefined): number {
  const page = Number(given);
  return Number.isInteger(page) && page >= 1 && page <= LAST_PAGE ? page : 1;
}

type PagerProps = {
  path: string;
  query?: Record<string, string | undefined>;
  page: number;
  hasNext: boolean;
};

/** Links to the neighbouring pages of a list; nothing when there is one page only. */
export function Pager({ path, query = {}, page, hasNext }: PagerProps) {
  if (page === 1 && !hasNext) return null;
  const address = (to: number) => {
    const given = Object.entries({ ...query, page: String(to) }).filter(
      (entry): entry is [string, string] => !!entry[1],
    );
    return `${path}?${new URLSearchParams(given)}`;
  };
  return (
    <nav class="pager" aria-label="Phân trang">
      {page > 1 ? <a href={address(page - 1)}>‹ Trang trước</a> : <span />}
      <span>Trang {page}</span>
      {hasNext ? <a href={address(page + 1)}>Trang sau ›</a> : <span />}
    </nav>
  );
}
