import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startApi } from '../../support/processes/backend-process.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { ACTS, type Shift, type Worked } from '../measuring/agents.ts'
import { freePort } from '../measuring/ports.ts'
import { cpuOf } from '../measuring/processes.ts'
import type { Ground } from '../world/ground.ts'
import { dismiss, hire, newSigningKey, publishKeys } from '../world/staffing.ts'

const AGENTS = 500
/** One act every ten seconds each. */
const PER_SECOND = AGENTS / 10
const SECONDS = 40

const WORK = fileURLToPath(new URL('../measuring/agents.ts', import.meta.url))

/** A full house: everybody signed in with their own identity, looking and writing in turn, in an open loop. */
export async function measureAgents(ground: Ground): Promise<Figure[]> {
  const { id: workspaceId = '', tickets = 0 } = ground.workspaces.at(-1) ?? {}
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const key = newSigningKey()
  const keys = await publishKeys(key)
  const port = await freePort()
  const api = await startApi(ground.environmentFor({ port, googleUrl: keys.url }))
  try {
    const people = await hire(owner, ground, { workspaceId, count: AGENTS, key })
    const acts = PER_SECOND * SECONDS
    const before = cpuOf(api.pid) + cpuOf(ground.postmaster)
    const { times } = await work({ url: `http://127.0.0.1:${port}`, people, perSecond: PER_SECOND, acts })
    const cpu = (cpuOf(api.pid) + cpuOf(ground.postmaster) - before) / (acts + AGENTS)
    const of = (act: string) =>
      quantiles(
        times.filter((one) => one.act === act).map(({ ms }) => ms),
        [0.5, 0.99] as const,
      )
    const [p50, p99] = quantiles(
      times.map(({ ms }) => ms),
      [0.5, 0.99],
    )
    const each = ACTS.map((act) => `${act} ${of(act)[0].toFixed(0)}/${of(act)[1].toFixed(0)}`).join(', ')
    return [
      figure(`${AGENTS} agents in ${tickets.toLocaleString('en')} tickets, an act every 10 s each, p99`, p99, 'ms', {
        aim: '< 200',
        note: `p50 ${p50.toFixed(1)} ms; p50/p99: ${each}`,
      }),
      figure('the same, CPU an act', cpu, 'ms', { note: 'backend and PostgreSQL' }),
    ]
  } finally {
    await api.kill('SIGTERM')
    keys.close()
    await dismiss(owner, workspaceId)
    await owner.end()
  }
}

/** @throws Error when any act is refused */
async function work(shift: Shift): Promise<Worked> {
  const child = fork(WORK, { stdio: 'inherit' })
  const worked = await new Promise<Worked>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Worked))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the agents ended with ${code}`)))
    child.send(shift)
  })
  if (worked.failures.length > 0)
    throw new Error(`${worked.failures.length} of ${shift.acts} acts failed: ${worked.failures[0]}`)
  return worked
}
