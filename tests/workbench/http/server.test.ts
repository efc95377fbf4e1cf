import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { get, type ServerResponse } from 'node:http'
import { afterEach, expect, test } from '@jest/globals'
import type { Answer } from '../../../workbench/emulators/http/router.ts'
import { type Listening, listen } from '../../../workbench/emulators/http/server.ts'

const REQUESTS = 'http.server.request.start'
const failures: unknown[] = []
const answers: ServerResponse[] = []
const keep = (message: unknown) => void answers.push((message as { response: ServerResponse }).response)

let server: Listening
afterEach(async () => {
  unsubscribe(REQUESTS, keep)
  await server.close()
})

async function serving(stream: () => AsyncIterable<string>) {
  failures.length = 0
  answers.length = 0
  subscribe(REQUESTS, keep)
  const none: Answer = { status: 404 }
  server = await listen([{ method: 'GET', pattern: '/file', run: () => ({ stream: stream() }) }, NAMED], 0, {
    largestBody: 1000,
    tooLarge: () => none,
    notFound: () => none,
    failed: () => none,
    answerFor: () => undefined,
    report: (error) => failures.push(error),
  })
  return `${server.url}/file`
}

const NAMED = { method: 'GET', pattern: '/things/:name', run: () => ({ json: {} }) }

const PART = 'x'.repeat(64 * 1024)

async function* parts(count: number) {
  for (let n = 0; n < count; n++) yield PART
}

test('a long answer leaves no listener behind for each of its parts', async () => {
  let most = 0
  const url = await serving(async function* () {
    for await (const part of parts(200)) {
      most = Math.max(most, ...answers.map((answer) => answer.listenerCount('close')))
      yield part
    }
  })
  expect((await (await fetch(url)).text()).length).toBe(200 * PART.length)
  expect(most).toBeLessThan(11)
})

test('a caller who goes away in the middle ends the answer, and that is no failure', async () => {
  let ended: () => void = () => undefined
  const end = new Promise<void>((done) => {
    ended = done
  })
  const url = await serving(async function* () {
    try {
      yield* parts(100_000)
    } finally {
      ended()
    }
  })
  const leaving = new AbortController()
  const { body } = await fetch(url, { signal: leaving.signal })
  await body?.getReader().read()
  leaving.abort()
  await end
  expect((await fetch(`${url}/none`)).status).toBe(404)
  expect(failures).toEqual([])
})

test('a source that fails breaks the answer off and is told', async () => {
  const url = await serving(async function* () {
    yield PART
    throw new Error('the disk is gone')
  })
  await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow()
  expect(failures).toMatchObject([{ message: 'the disk is gone' }])
})

test.each(['/things/%zz', '//'])('an address like %s is nowhere, and no failure', async (path) => {
  const url = await serving(() => parts(0))
  const status = await new Promise<number | undefined>((done) => {
    get(url.replace('/file', ''), { path }, (answer) => done(answer.resume().statusCode))
  })
  expect([status, failures]).toEqual([404, []])
})
