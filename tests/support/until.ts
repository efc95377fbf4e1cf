import { setTimeout as pause } from 'node:timers/promises'

/** What comes at once is seen at once: the pauses grow from here to the longest one. */
const FIRST_PAUSE_MS = 10

/**
 * Asks again and again until the answer is yes.
 * @param everyMs the longest pause between two questions
 * @throws Error that says what did not come, with what `found` tells of the state
 */
export async function until(
  what: string,
  question: () => Promise<boolean> | boolean,
  {
    seconds = 120,
    everyMs = 100,
    found = async () => '',
  }: { seconds?: number; everyMs?: number; found?: () => Promise<string> } = {},
): Promise<void> {
  const end = performance.now() + seconds * 1_000
  for (let pauseMs = FIRST_PAUSE_MS; !(await question()); pauseMs *= 1.5) {
    if (performance.now() > end) throw new Error(`Waited ${seconds} s in vain for ${what}. ${await found()}`)
    await pause(Math.min(pauseMs, everyMs))
  }
}
