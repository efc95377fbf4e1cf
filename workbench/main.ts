import { YEAR } from './start/a-year/year.ts'
import { type BusyDay, busyDay } from './start/busy-day/busy-day.ts'
import { FOLDERS, removeData } from './start/data-folder.ts'
import { optionsIn } from './start/options.ts'
import { type Progress, progressOn } from './start/progress.ts'
import { troubleIn } from './start/trouble.ts'
import { startWorkbench, type Workbench } from './start/workbench.ts'

const SHOWN_FILES = 10

/** A day of this many mails takes three minutes. */
const MAILS = 400
const LASTS_MS = 180_000
const SEED = 20_418

let running: Workbench | undefined
let stopping = false
const stopped = new AbortController()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

try {
  const { port, mail, scenario } = optionsIn(process.argv.slice(2))
  const busy = scenario === 'busy-day' ? busyDay(MAILS, SEED) : undefined
  console.log('\nSidedesk starts. The first time takes a little longer.\n')
  const report = (message: string) => console.error(`  ${message}`)
  const progress = progressOn(process.stdout)
  if (busy && removeData(FOLDERS['busy-day']).length > 0)
    console.log('  The busy day of last time is removed; a new one begins.')
  const dataDir = FOLDERS[scenario ?? 'everyday']
  const surroundings = scenario === 'a-year' ? YEAR : busy?.surroundings
  running = await startWorkbench({ dataDir, port, mail, progress, report, ...surroundings })
  if (stopping) await stop(0)
  tellMail(running)
  tellAddresses(running)
  if (busy) void live(busy, running, progress)
  void running.database.exited.then(() => {
    if (stopping) return
    console.error('PostgreSQL has ended unexpectedly. Everything else stops as well.')
    void stop(1)
  })
} catch (error) {
  console.error(`\n${troubleIn(error)}\n`)
  process.exit(1)
}

/** In order the first time, at once the second. */
async function stop(code: number): Promise<void> {
  if (stopping && running === undefined) process.exit(130)
  stopping = true
  stopped.abort()
  if (!running) return
  const workbench = running
  running = undefined
  console.log('\nStopping …')
  await workbench.stop()
  process.exit(code)
}

/** The day goes by while the page is open already. */
async function live(busy: BusyDay, workbench: Workbench, progress: Progress): Promise<void> {
  try {
    const words = await progress.step('A busy day', (told) =>
      busy.play(workbench, { lasts: LASTS_MS, told, signal: stopped.signal }),
    )
    console.log(`\n${words.map((line) => `  ${line}`).join('\n')}\n`)
  } catch (error) {
    if (stopping) return
    console.error(`\n${troubleIn(error)}\n`)
    void stop(1)
  }
}

function tellAddresses({ url, ledger, backend }: Workbench): void {
  const addresses: [string, string][] = [
    [url, 'the mail'],
    [ledger, "the shop's back room"],
    [backend.url, "the desk's pages: approvals, gift cards, finance, limits and reasons"],
  ]
  const widest = Math.max(...addresses.map(([address]) => address.length))
  console.log(`\n${addresses.map(([address, what]) => `  ${address.padEnd(widest)}  ${what}`).join('\n')}\n`)
  console.log(
    'The shop is invented; Google and Shopify are emulated on this machine. Ctrl-C stops everything; the data stays. npm run reset starts over.\n',
  )
}

function tellMail({ folders }: Workbench): void {
  for (const { delivered, left } of folders) {
    console.log(`  ${delivered} mails delivered, ${left.length} files left out${left.length > 0 ? ':' : '.'}`)
    for (const { file, why } of left.slice(0, SHOWN_FILES)) console.log(`    ${file}: ${why}`)
    if (left.length > SHOWN_FILES) console.log(`    and ${left.length - SHOWN_FILES} more`)
  }
}
