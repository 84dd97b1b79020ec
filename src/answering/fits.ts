/** What a question asks for, by its words, and what an answer to it must then hold; both read without marks. */
const WANTED: [asks: RegExp, holds: RegExp][] = [
  [/\b(may phan tram|bao nhieu (phan tram|%)|may %|ty le|lai suat)/, /\d\s*%|phan tram|thoa thuan|lan|lai/],
  [
    /\b(bao nhieu tien|bao nhieu dong|may (trieu|ty|ti|tram trieu|dong)|nhieu tien|muc vay|vay (duoc )?(toi da|may|bao nhieu))/,
    /\d[\d.,]*\s*(trieu|ty|dong)|%|lan/,
  ],
  [/\b(may (ngay|thang|nam|tuan)|bao lau|thoi han)/, /\d+\s*(ngay|thang|nam|tuan|vu|chu ky|gio)|thoa thuan/],
  [/\b(may (nguoi|thanh vien)|bao nhieu (nguoi|thanh vien))/, /\d+\s*(nguoi|thanh vien|hop tac xa|hộ)/],
  [
    /\b(co quan nao|so nao|nop (o|cho|ra|len) (dau|ai|cho nao)|nop dau|o dau|cho nao|lien he (ai|dau)|gap ai|hoi (ai|o dau)|bao (cho )?ai|ai giai quyet|ngan hang nao|xa nao|phuong nao)/,
    /\b(ubnd|uy ban|so |phong |co quan|ngan hang|lien minh|trung tam|quy |hoi |to chuc|xa |phuong |thanh tra|toa an|truc tuyen)/,
  ],
  [/\b(so dien thoai|dien thoai|sdt|dia chi|email)/, /\b0\d{8,}|dia chi/],
];

/** Whether an answer holds the kind of thing that was asked for: an amount, a share, a time, a count, an office. Both without marks. */
export function fits(asked: string, said: string): boolean {
  return WANTED.every(([asks, holds]) => !asks.test(asked) || holds.test(said));
}
