/** What the Telex and VNI ways of typing put after a letter or a word. */
const TONES: Record<string, string> = {
  s: "\u0301",
  f: "\u0300",
  r: "\u0309",
  x: "\u0303",
  j: "\u0323",
  "1": "\u0301",
  "2": "\u0300",
  "3": "\u0309",
  "4": "\u0303",
  "5": "\u0323",
};
const LETTERS: [RegExp, string][] = [
  [/uow|u7o7|uo7/, "ươ"],
  [/aa|a6/, "â"],
  [/ee|e6/, "ê"],
  [/oo|o6/, "ô"],
  [/aw|a8/, "ă"],
  [/ow|o7/, "ơ"],
  [/uw|u7/, "ư"],
  [/^dd|^d9|^d(?=.*d$)/, "đ"],
];
const VOWEL = /[aăâeêioôơuưy]/;

/** The word that was meant where the keyboard wrote the keys instead ("voosn" → "vốn"); null where nothing is left over. */
export function fromKeys(typed: string): string | null {
  if (typed.length > 8 || !/^[a-z]+[a-z1-9]*$/.test(typed)) return null;
  let word = typed;
  let tone = "";
  const at = word.slice(1).search(/[sfrxj1-5](?=[a-z6-9]*$)/) + 1;
  if (at > 0 && VOWEL.test(word.slice(0, at))) {
    tone = TONES[word[at] as string] ?? "";
    word = word.slice(0, at) + word.slice(at + 1);
  }
  for (const [keys, letter] of LETTERS) word = word.replace(keys, letter);
  if (word.startsWith("đ") && /^d.*d$/.test(typed)) word = word.slice(0, -1);
  if (/\d/.test(word)) return null;
  const toned = withTone(word, tone);
  return toned === typed ? null : toned;
}

/** The tone goes to the marked vowel, else to the last of a closed word, else to the one before the last. */
function withTone(word: string, tone: string): string {
  if (tone === "") return word;
  const match = /^((?:qu|gi(?=[aăâeêoôơuưy]))?[^aăâeêioôơuưy]*)([aăâeêioôơuưy]+)(.*)$/.exec(word);
  if (!match) return word;
  const [, head = "", vowels = "", tail = ""] = match;
  const marked = [...vowels].findLastIndex((letter) => /[ăâêôơư]/.test(letter));
  const open = vowels.length === 1 || tail !== "" ? vowels.length - 1 : vowels.length - 2;
  const at = marked !== -1 ? marked : open;
  return (head + vowels.slice(0, at + 1) + tone + vowels.slice(at + 1) + tail).normalize("NFC");
}
