const ROMAN: [number, string][] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

/** 4 → "iv"; from 1 to 3,999, beyond that in figures. */
export function toRoman(value: number): string {
  if (value < 1 || value > 3_999) return String(value);
  let left = value;
  let text = "";
  for (const [worth, sign] of ROMAN) for (; left >= worth; left -= worth) text += sign;
  return text;
}

/** 1 → "a", 26 → "z", 27 → "aa": as office programs and browsers show it, without the Vietnamese đ. */
export function toLetter(value: number): string {
  if (value < 1 || value > 780) return String(value);
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
}
