import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { pressWork } from '../../../backend/features/workforce/index.ts'
import { startProcess } from '../../support/processes/backend-process.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { cpuOf, memoryOf } from '../measuring/processes.ts'
import type { Audience, Awaited, Seen } from '../measuring/viewers.ts'
import { closeFloor, type Floor, openFloor } from '../world/floor.ts'
import type { Ground } from '../world/ground.ts'

const VIEWERS = 500
const PEOPLE = 50
const CHANGES = 20
/** Between two changes, so that each is a making of its own. */
const APART_MS = 700
const REST_S = 20

const VIEW = fileURLToPath(new URL('../measuring/viewers.ts', import.meta.url))
const FAN_OUT = fileURLToPath(new URL('../limits/fan-out.ts', import.meta.url))

/** Five hundred screens that show one wallboard: how soon a log-in, written by another process, is on all of them. */
export async function measureViewers(ground: Ground): Promise<Figure[]> {
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const api = await startDeskApi(ground)
  const used = () => cpuOf(api.pid) + cpuOf(ground.postmaster)
  try {
    const floor = await openFloor(owner, ground, { workspaceId, people: PEOPLE, more: CHANGES })
    const page = await (await fetch(`${api.url}${floor.path}`)).text()
    const memory = memoryOf(api.pid)
    const audience = await gather({ url: `${api.url}${floor.path}/live`, viewers: VIEWERS })
    const held = memoryOf(api.pid) - memory
    const resting = used()
    await pause(REST_S * 1_000)
    const rest = (used() - resting) / REST_S
    const before = used()
    const times = await changes(audience, (change) => logIn(ground, floor, change))
    const cpu = (used() - before) / CHANGES
    audience.disconnect()
    const [p50, p99] = quantiles(times, [0.5, 0.99])
    return [
      figure(`${VIEWERS} live wallboards: a change is seen, slowest`, Math.max(...times), 'ms', {
        aim: '< 1000',
        limit: Math.max(...(await leastOf(page))),
        note: `p50 ${p50.toFixed(0)}, p99 ${p99.toFixed(0)} ms; ${CHANGES} changes, from before the press that another process makes; limit: the same bytes from bare node:http`,
      }),
      figure('the same, memory of the API for them', held / 1e6, 'MB', {
        note: `${((memory + held) / 1e6).toFixed(0)} MB in all, ${(held / VIEWERS / 1e3).toFixed(0)} kB each`,
      }),
      figure('the same, CPU a change', cpu, 'ms', { note: 'backend and PostgreSQL, for all of them' }),
      figure('the same, CPU a second while nothing changes', rest, 'ms', { note: 'backend and PostgreSQL' }),
    ]
  } finally {
    await api.stop()
    await closeFloor(owner, workspaceId)
    await owner.end()
  }
}

async function gather(audience: Audience): Promise<ChildProcess> {
  const child = fork(VIEW, { stdio: 'inherit' })
  child.send(audience)
  await answerOf(child)
  return child
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const answered = new AbortController()
  const { signal } = answered
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`the viewers ended with ${code}`)
  })
  try {
    const [answer] = await Promise.race([once(child, 'message', { signal }), ended])
    return answer
  } finally {
    answered.abort()
  }
}

/**
 * Something changes, again and again.
 * @param make makes a change, and says before what viewers will see of it
 * @returns how long each viewer of each change waited for it, in milliseconds
 */
async function changes(
  audience: ChildProcess,
  make: (change: number) => { text: string; now(): Promise<void> },
): Promise<number[]> {
  const times: number[] = []
  for (let change = 1; change <= CHANGES; change++) {
    await pause(APART_MS)
    const { text, now } = make(change)
    const seen = answerOf(audience)
    audience.send({ text } satisfies Awaited)
    const began = performance.timeOrigin + performance.now()
    await now()
    const { at } = (await seen) as Seen
    if (at.length < VIEWERS) throw new Error(`Only ${at.length} of ${VIEWERS} viewers saw change ${change}`)
    times.push(...at.map((one) => one - began))
  }
  return times
}

/** Somebody more logs in. */
const logIn = ({ ctx }: Ground, floor: Floor, change: number) => ({
  text: `>Agent ${PEOPLE + change}<`,
  now: async () => {
    await pressWork(ctx, { to: 'log_in' }, floor.next())
  },
})

/** The same for bytes of that length that need not be made. */
async function leastOf(page: string): Promise<number[]> {
  const limit = await startProcess(FAN_OUT, {}, /listens on/)
  try {
    const url = `http://127.0.0.1:${/listens on (\d+)/.exec(limit.lines.join('\n'))?.[1]}/`
    const audience = await gather({ url, viewers: VIEWERS })
    const times = await changes(audience, (change) => ({
      text: `change ${change}.`,
      now: async () => {
        const body = `event: part\ndata: ${page.replaceAll('\n', ' ')} change ${change}.\n\n`
        await (await fetch(url, { method: 'POST', body })).arrayBuffer()
      },
    }))
    audience.disconnect()
    return times
  } finally {
    await limit.kill('SIGKILL')
  }
}
