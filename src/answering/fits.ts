/** A kind of thing that a question may ask for: how it asks, what answers it fully, and what answers it in a manner. All without marks. */
type Want = { asks: RegExp; holds: RegExp; nearly?: RegExp };

const MONEY = /\d[\d.,]{0,20}\s{0,3}(?:trieu|ty|dong|nghin)\b/;
const SHARE = /\d\s*%|phan tram|\d lan\b|thoa thuan/;
const DURATION = /\d{1,6}\s{0,3}(?:ngay|thang|nam|tuan|vu|chu ky|gio)\b|chu ky|thoa thuan/;
const OFFICE =
  /\b(?:ubnd|uy ban|so (?:tai|nong|noi|cong|khoa|giao|tu)|phong (?:kinh|tai)|co quan|ngan hang|lien minh|trung tam|quy (?:ho|hop)|hoi (?:nong|dong)|(?<!hop tac )xa |phuong |thanh tra|toa an|cong an|truc tuyen|thue co so)/;

/** "gia" is also half of "hộ gia đình", "tham gia", "giá trị", which ask for no price. */
const PRICE =
  /(?<!\b(?:tham|danh|quoc|chuyen|don|dinh) )\bgia\b(?! (?:dinh|han|suc|cam|tri|tang|nhap|bang|hop))[^?]{0,60}\b(?:hom nay|bua nay|tuan|nhieu|may|bao nhieu)\b(?!\s{0,3}(?:%|phan tram|phieu|nguoi|ngay|nam|thang))/;

const WANTS: Want[] = [
  { asks: /\b(?:may phan tram|bao nhieu (?:phan tram|%)|may (?:chuc )?%|ty le|lai suat)/, holds: SHARE },
  {
    asks: /\b(?:bao nhieu tien|bao nhieu dong|may (?:chuc |tram )?(?:trieu|ty|ti|dong|ngan|nghin)\b|nhieu tien|muc vay|vay (?:duoc )?(?:toi da|may|bao nhieu))/,
    holds: MONEY,
    nearly: SHARE,
  },
  { asks: /\b(?:may (?:ngay|thang|tuan|bua)\b|bao nhieu (?:ngay|thang)|bao lau)/, holds: DURATION },
  {
    asks: /\b(?:may nam\b|bao nhieu nam|thoi han)/,
    holds: DURATION,
    nearly: /\/\d{4}|(?:den|toi|het|tu) (?:het )?nam \d{4}/,
  },
  {
    asks: /\b(?:may|bao nhieu) (?:nguoi|thanh vien|xa vien)\b/,
    holds: /\d\s{0,3}(?:nguoi|thanh vien|hop tac xa|ho\b)|\d\/\d|\d\s*%/,
  },
  {
    asks: /\b(?:co quan nao|so nao|nop (?:o|cho|ra|len) (?:dau|ai|cho nao|co quan)|nop dau|o dau|(?<!\bkhac\b.{0,25})cho nao|lien he (?:ai|dau)|gap ai|hoi (?:ai|o dau)|bao (?:cho )?ai|ai giai quyet|ngan hang nao|xa nao|phuong nao)/,
    holds: OFFICE,
  },
  {
    asks: /(?<!danh sach )\b(?:so dien thoai|sdt|email|zalo cua|duong nao)\b|\b(?:cho xin|xin) dia chi\b|\bdia chi\b.*\b(?:o dau|la gi|nao)\b/,
    holds: /\b0\d{8,}|dia chi|dien thoai/,
  },
  {
    asks: /\b(?:chu tich|giam doc|bi thu|can bo|truong phong)\b.*\b(?:ten (?:la )?gi|la ai)\b|\b(?:ong|ba|anh|chi) nao\b/,
    holds: /\b(?:ong|ba) /,
  },
  {
    asks: PRICE,
    holds: /\bgia (?:ban|mua|thi truong)\b/,
  },
  {
    asks: /\b(?:may gio|gio nao|theo gio|(?:mot|moi|1) gio)\b/,
    holds: /\d gio\b|(?:mot|moi|1) gio\b|dong\/gio/,
  },
  {
    asks: /\b(?:bao nhieu|may|nhieu) (?:chuc |tram )?(?:ha|hecta|hec ta)\b/,
    holds: /\d\s{0,3}(?:ha|hecta|hec ta|m2|cong)\b/,
  },
  {
    asks: /\b(?:giay (?:to )?(?:gi|nao)|nhung giay|ho so (?:gom|can|co) (?:gi|nhung)|bang cap (?:gi|nao)|chung chi (?:gi|nao))/,
    holds:
      /\b(?:giay|ban sao|ban chinh|to khai|don|van ban|bien ban|nghi quyet|phuong an|hop dong|dieu le|danh sach|bang|chung chi|ho so|khong can|khong phai)\b/,
  },
  {
    asks: /\b(?:tai (?:o dau|ve)|link|trang web|website|dia chi mang)\b/,
    holds: /https?:|www\.|\.vn\b|\bcong (?:dich vu|thong tin)/,
  },
  {
    asks: /\bphat\b.{0,12}\b(?:bao nhieu|may|gi|sao|nhieu)\b|\bbi phat\b/,
    holds: /\bphat\b|boi thuong|thu hoi|mat ho tro|lai qua han|no qua han/,
  },
];

const LEAST = /\b(?:toi thieu|it nhat|thap nhat|nho nhat|muc san|it ra)\b/;
const MOST = /\b(?:toi da|nhieu nhat|cao nhat|khong qua|tran|lon nhat)\b/;

/**
 * How well an answer holds the kind of thing that was asked for (an amount, a share, a time, a count, an office), from 0 to 1.
 * An answer that names only the other bound, the most where the least was asked, holds nothing of it. Both texts without marks.
 */
export function fitting(asked: string, said: string): number {
  const bound = onlyOtherBound(asked, said) ? 0 : 1;
  return Math.min(bound, ...wantsOf(asked).map((want) => held(want, said)));
}

/** Tells of an answer whether it holds anything of what was asked for; a question is read once for many answers. */
export function createFits(asked: string): (said: string) => boolean {
  const wants = wantsOf(asked);
  return (said) => wants.every((want) => held(want, said) > 0);
}

/** "Vay tối đa mấy phần trăm" asks for a share and for no amount. */
function wantsOf(asked: string): Want[] {
  const wants = WANTS.filter(({ asks }) => asks.test(asked));
  return wants.some(({ holds }) => holds === SHARE) ? wants.filter(({ holds }) => holds !== MONEY) : wants;
}

function held({ holds, nearly }: Want, said: string): number {
  if (holds.test(said)) return 1;
  return nearly?.test(said) ? 0.5 : 0;
}

function onlyOtherBound(asked: string, said: string): boolean {
  const least = LEAST.test(asked) && !MOST.test(asked);
  const most = MOST.test(asked) && !LEAST.test(asked);
  return (
    (least && MOST.test(said) && !/\b(?:toi thieu|it nhat|tu \d|tro len)/.test(said)) ||
    (most &&
      /\b(?:toi thieu|it nhat)\b/.test(said) &&
      !/\b(?:toi da|khong qua|khong duoc qua|cham nhat)\b|\d\D{1,3}\d|den /.test(said))
  );
}
