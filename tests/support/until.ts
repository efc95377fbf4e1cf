import { setTimeout as pause } from 'node:timers/promises'

/** Asks again and again until the answer is yes. @throws Error that says what did not come, with what `found` tells of the state */
export async function until(
  what: string,
  question: () => Promise<boolean> | boolean,
  {
    seconds = 60,
    everyMs = 100,
    found = async () => '',
  }: { seconds?: number; everyMs?: number; found?: () => Promise<string> } = {},
): Promise<void> {
  const end = performance.now() + seconds * 1_000
  while (!(await question())) {
    if (performance.now() > end) throw new Error(`Waited ${seconds} s in vain for ${what}. ${await found()}`)
    await pause(everyMs)
  }
}
