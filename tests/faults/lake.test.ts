import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readConfig } from '../../backend/config.ts'
import { lakeToRead } from '../../backend/features/analytics/lake/places/opening.ts'
import { createTicket } from '../../shared/tickets.ts'
import { type ObjectStorage, startObjects } from '../../workbench/emulators/objects/objects.ts'
import { environmentOf } from '../support/admin.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { lakeOf } from '../support/lake-desk.ts'
import { lakeRows } from '../support/lake-rows.ts'
import { backendEnvironment } from '../support/processes/backend-environment.ts'
import { type BackendProcess, startProcess } from '../support/processes/backend-process.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { until } from '../support/until.ts'

const KILLS = 8

const startLake = (desk: Desk, folder: string, more: Record<string, string>): Promise<BackendProcess> => {
  const { ownerUrl: owner, url: app, jobsUrl: jobs, lakeUrl: lake } = desk.database
  const masterKey = Buffer.alloc(32, 7).toString('base64')
  const env = backendEnvironment({
    urls: { owner, app, jobs, lake },
    folder,
    googleUrl: desk.google.url,
    masterKey,
    port: 0,
  })
  return startProcess(
    'backend/lake.ts',
    { ...env, ...more, LAKE_SECONDS: '0.1', LOG_LEVEL: 'debug' },
    /the lake moved on/,
  )
}

let storage: ObjectStorage
beforeAll(async () => {
  storage = await startObjects()
})
afterAll(() => storage.close())

/** Where the lake lies: what leads a process there, and the names of all parts of a workspace's tickets. */
const PLACES = {
  'a folder': {
    env: () => ({}),
    parts(folder: string, workspaceId: string): string[] {
      const own = join(folder, 'lake', workspaceId)
      return existsSync(own) ? readdirSync(own) : []
    },
  },
  'a bucket': {
    env: () => ({ ...storage.access, LAKE: 's3://desk/lake' }),
    parts: (_: string, workspaceId: string): string[] =>
      storage.keys().map((key) => key.replace(`lake/${workspaceId}/`, '')),
  },
}

test.each(Object.entries(PLACES))(
  'in %s a writer that is killed between a part and the root leaves the old lake, and the next one goes on from there',
  async (_, where) => {
    const seed = seedOfRun()
    process.stdout.write(`SEED=${seed}\n`)
    const random = randomFrom(seed)
    const desk = await startDesk()
    const folder = await mkdtemp(join(tmpdir(), 'sidedesk-killed-lake-'))
    const dir = join(folder, 'lake')
    const { lake: at } = readConfig({ ...environmentOf(desk.ctx.config), ...where.env(), LAKE_DIR: dir })
    const place = lakeToRead(at, null)
    const parts = () => where.parts(folder, desk.workspaceId).filter((file) => file.startsWith('ticket-')).length
    let between = 0
    let made = 0
    const opened = () => {
      const sentAt = desk.clock.now().toISOString()
      const mail = {
        messageId: `<k${++made}@ada.example>`,
        subject: 'Jar',
        from: 'ada@ada.example',
        sentAt,
        text: 'Broken.',
      }
      return desk.as('nora').call(createTicket, { body: mail })
    }
    try {
      await opened()
      for (let kill = 0; kill < KILLS; kill++) {
        const lake = await startLake(desk, folder, where.env())
        const before = await place.root()
        const had = parts()
        await opened()
        await until('a part to come', () => parts() > had, { everyMs: 1 })
        if (kill % 2 === 1) await new Promise((resolve) => setTimeout(resolve, random() * 40))
        await lake.kill('SIGKILL')
        const after = await place.root()
        if (after?.commit === before?.commit) between++
        const numbers = (await lakeRows({ place }, desk.workspaceId)).ticket.map(({ number }) => number)
        const all = Array.from({ length: made }, (_, n) => n + 1)
        expect([all, all.slice(0, -1)]).toContainEqual(numbers) // whole, or as it was
        await opened() // the next writer has something to bring, and says so
      }
      expect(between).toBeGreaterThan(0)
      const last = lakeOf({ ...desk, ctx: { ...desk.ctx, config: { ...desk.ctx.config, lake: at } } }, dir)
      await until(
        'the lock of the killed one to be given back',
        () =>
          last.pull().then(
            () => true,
            () => false,
          ),
        { everyMs: 50 },
      )
      expect((await lakeRows({ place }, desk.workspaceId)).ticket).toHaveLength(made)
      await last.stop()
    } finally {
      await desk.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
  240_000,
)
