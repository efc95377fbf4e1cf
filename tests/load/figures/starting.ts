import { startApi } from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { keyFor } from '../measuring/desk-api.ts'
import { freePort } from '../measuring/ports.ts'
import type { Ground } from '../world/ground.ts'

const TIMES = 5

/** From starting the process to the first list of tickets, the database being up already. */
export async function measureStarting({ ctx, workspaces, environmentFor }: Ground): Promise<Figure[]> {
  const { key } = await keyFor(ctx, workspaces[0]?.id ?? '')
  const times: number[] = []
  for (let time = 0; time < TIMES; time++) {
    const port = await freePort()
    const started = performance.now()
    const starting = startApi(environmentFor({ port }))
    const answering = until('the first answer', () => answers(`http://127.0.0.1:${port}/v1/tickets?limit=10`, key), {
      everyMs: 5,
    })
    const [api] = await Promise.all([starting, answering.then(() => times.push(performance.now() - started))])
    await api.kill('SIGTERM')
  }
  return [
    figure('start to first answer, database up', quantiles(times, [0.5])[0], 'ms', { note: `median of ${TIMES}` }),
  ]
}

async function answers(url: string, key: string): Promise<boolean> {
  try {
    return (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).ok
  } catch (error) {
    if (error instanceof TypeError) return false // nobody listens yet
    throw error
  }
}
