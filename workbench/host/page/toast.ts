/// <reference lib="dom" />
import { must } from './place.ts'

const SHOWN_MS = 4500
let hiding: ReturnType<typeof setTimeout> | undefined

export function toast(text: string): void {
  const element = must('#toast')
  element.textContent = text
  element.classList.add('shown')
  clearTimeout(hiding)
  hiding = setTimeout(() => element.classList.remove('shown'), SHOWN_MS)
}

/** For work that a click starts and nobody waits for: its failure is shown. */
export function inSight(work: Promise<unknown>): void {
  work.catch((error: unknown) => toast(error instanceof Error ? error.message : String(error)))
}
