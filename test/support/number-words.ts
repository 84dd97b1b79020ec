const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const LAST = ["", "mốt", "hai", "ba", "bốn", "lăm", "sáu", "bảy", "tám", "chín"];

/** A whole number below a million in Vietnamese words, written without looking at the code under test. */
export function inWords(n: number): string {
  if (n < 10) return DIGITS[n] ?? "";
  if (n < 20) return `mười${n === 10 ? "" : ` ${n === 15 ? "lăm" : DIGITS[n - 10]}`}`;
  if (n < 100) return `${DIGITS[Math.floor(n / 10)]} mươi${n % 10 === 0 ? "" : ` ${LAST[n % 10]}`}`;
  if (n < 1000) {
    const rest = n % 100;
    const tail = rest === 0 ? "" : rest < 10 ? ` linh ${DIGITS[rest]}` : ` ${inWords(rest)}`;
    return `${DIGITS[Math.floor(n / 100)]} trăm${tail}`;
  }
  const rest = n % 1000;
  const tail =
    rest === 0
      ? ""
      : rest < 100
        ? ` không trăm ${rest < 10 ? `linh ${DIGITS[rest]}` : inWords(rest)}`
        : ` ${inWords(rest)}`;
  return `${inWords(Math.floor(n / 1000))} nghìn${tail}`;
}
