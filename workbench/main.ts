import { DATA_FOLDER } from './start/data-folder.ts'
import { optionsIn } from './start/options.ts'
import { progressOn } from './start/progress.ts'
import { troubleIn } from './start/trouble.ts'
import { startWorkbench, type Workbench } from './start/workbench.ts'

const SHOWN_FILES = 10

let running: Workbench | undefined
let stopping = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

try {
  const { port, mail } = optionsIn(process.argv.slice(2))
  console.log('\nSidedesk starts. The first time takes a little longer.\n')
  const report = (message: string) => console.error(`  ${message}`)
  running = await startWorkbench({ dataDir: DATA_FOLDER, port, mail, progress: progressOn(process.stdout), report })
  if (stopping) await stop(0)
  tellMail(running)
  tellAddresses(running)
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
  if (!running) return
  const workbench = running
  running = undefined
  console.log('\nStopping …')
  await workbench.stop()
  process.exit(code)
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
