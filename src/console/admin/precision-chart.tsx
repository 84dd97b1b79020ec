import type { CurvePoint } from "../../knowledge/precision.ts";

const WIDTH = 600;
const HEIGHT = 260;
const LEFT = 56;
const BOTTOM = 44;
const TOP = 16;
const RIGHT = 16;
/** The axes begin here, since nothing of interest lies below. */
const LOWEST = 0.5;
const MARKS = [0.5, 0.6, 0.7, 0.8, 0.9, 1];

const across = (answered: number) => Math.round(LEFT + answered * (WIDTH - LEFT - RIGHT));
const up = (precision: number) => {
  const part = (Math.max(LOWEST, precision) - LOWEST) / (1 - LOWEST);
  return Math.round(HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP));
};
const inPercent = (part: number) => `${Math.round(part * 100)} %`;

/** The risk–coverage curve as a drawing; the table beside it tells the same. */
export function PrecisionChart({
  curve,
  chosen,
}: {
  curve: readonly CurvePoint[];
  chosen: CurvePoint | null;
}) {
  const points = curve.map(({ answered, precision }) => `${across(answered)},${up(precision)}`).join(" ");
  return (
    <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="curve-title">
      <title id="curve-title">
        Trục ngang: phần câu hỏi được trả lời; trục đứng: phần trả lời đúng. Điểm tròn là mức đang đặt.
      </title>
      {MARKS.map((mark) => (
        <>
          <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={up(mark)} y2={up(mark)} />
          <text x={LEFT - 8} y={up(mark) + 5} text-anchor="end">
            {inPercent(mark)}
          </text>
        </>
      ))}
      {[0, 0.25, 0.5, 0.75, 1].map((mark) => (
        <text x={across(mark)} y={HEIGHT - BOTTOM + 18} text-anchor={mark === 1 ? "end" : "middle"}>
          {inPercent(mark)}
        </text>
      ))}
      <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} text-anchor="middle">
        Phần câu hỏi được trả lời
      </text>
      <polyline points={points} />
      {chosen ? <circle cx={across(chosen.answered)} cy={up(chosen.precision)} r="6" /> : null}
    </svg>
  );
}
