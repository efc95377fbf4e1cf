import type { Check } from './check.ts'

const MARGIN = ' '.repeat(9)

/** One line for each thing that was looked at, and what to do under those that need it. */
export function printChecks(checks: readonly Check[]): void {
  for (const { state, about, says, todo } of checks) {
    console.log(`${state.padEnd(MARGIN.length)}${about}: ${says.replaceAll('\n', `\n${MARGIN}`)}`)
    if (todo) console.log(`${MARGIN}  ${state === 'problem' ? 'To do: ' : ''}${todo}`)
  }
}
