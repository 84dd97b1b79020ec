import { written } from "../dates.ts";

/** A number with its name; `href` leads to the rows that it counts. */
export type Bar = { name: string; count: number; href?: string };

/** Numbers as a table with a drawn bar each; what counts nothing is left out. */
export function BarTable({ title, head, bars }: { title: string; head: string; bars: Bar[] }) {
  const shown = bars.filter(({ count }) => count > 0);
  const most = Math.max(1, ...shown.map(({ count }) => count));
  if (shown.length === 0) return null;
  return (
    <table class="bars">
      <caption>{title}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">Số lượng</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ name, count, href }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {href ? (
                <a href={href} aria-label={`${name}: ${written(count)}`}>
                  {written(count)}
                </a>
              ) : (
                written(count)
              )}
              <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={String(Math.max(1, Math.round((100 * count) / most)))} height="8" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
