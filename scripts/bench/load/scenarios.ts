import { createRandom, type Random } from "../../kills/random.ts";
import type { Writing } from "./traffic.ts";

/** How members write in one part of the measurement. */
export type Scenario = { name: string; about: string; write(random: Random, questions: string[]): Writing };

export type Size = { rate: number; seconds: number; members: number };

/** A member who was asked for his next message sooner than this would be a rare one. */
const SECONDS_BETWEEN = 20;
const OVERLOAD = 10;
const OVERLOAD_SECONDS = 60;
const ACK_RATE = 50;
const FIRST_CHAT = 5_000_000_000;

export const SCENARIO_NAMES = ["sustained", "members", "overload", "ack"] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** What is measured, by name. */
export function scenarioOf(name: ScenarioName, { rate, seconds, members }: Size): Scenario {
  const overloadSeconds = Math.min(OVERLOAD_SECONDS, seconds);
  switch (name) {
    case "sustained":
      return steady(name, `${rate} tin/giây trong ${seconds} giây`, rate, seconds);
    case "members":
      return {
        name,
        about: `${members} thành viên, mỗi người hỏi một lần trong ${seconds} giây`,
        write: (random, questions) => once(members, seconds, random, questions),
      };
    case "overload":
      return steady(
        name,
        `${rate * OVERLOAD} tin/giây trong ${overloadSeconds} giây, rồi trả lời hết`,
        rate * OVERLOAD,
        overloadSeconds,
      );
    case "ack":
      return steady(name, `${ACK_RATE} tin/giây trong ${seconds * 2} giây`, ACK_RATE, seconds * 2);
  }
}

/** At a fixed rate, each member in turn. */
function steady(name: string, about: string, rate: number, seconds: number): Scenario {
  const members = rate * SECONDS_BETWEEN;
  return {
    name,
    about,
    write: (random, questions) =>
      Array.from({ length: rate * seconds }, (_, n) => ({
        at: (n * 1000) / rate,
        chatId: FIRST_CHAT + (n % members),
        text: drawn(random, questions),
      })),
  };
}

/** At moments of their own, so that at times many write together. */
function once(members: number, seconds: number, random: Random, questions: string[]): Writing {
  return Array.from({ length: members }, (_, n) => ({
    at: random() * seconds * 1000,
    chatId: FIRST_CHAT + n,
    text: drawn(random, questions),
  })).sort((a, b) => a.at - b.at);
}

function drawn(random: Random, questions: string[]): string {
  return questions[Math.floor(random() * questions.length)] ?? "";
}

/** The same for the same seed. */
export const writingOf = (scenario: Scenario, seed: number, questions: string[]): Writing =>
  scenario.write(createRandom(seed), questions);
