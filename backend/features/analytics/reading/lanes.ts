import type { DuckDBConnection } from '@duckdb/node-api'
import { type Engine, type Row, rowsOf, type Values } from './engine.ts'
import { type Narrowing, type State, viewsFor } from './views.ts'

/**
 * What somebody asks.
 * @param within which rows it can be about, when that is known
 * @param isSingle whether they ask nothing else beside it
 */
export type Question = { sql: string; values: Values; within: Narrowing | null; isSingle: boolean }

/** The connections of one reading: as many questions as there are lanes are answered at the same time, and the others wait. */
export type Lanes = {
  ask(state: State, question: Question): Promise<Row[]>
  /** Interrupts what is asked, and answers nothing more. */
  stop(): void
  isStopped(): boolean
  /** Resolves when nothing is asked any more. */
  still(): Promise<void>
  close(): void
}

const LANES = 2
const AGAIN_MS = 100

/** A connection, and the statements that its views were made by. */
type Lane = { connection: DuckDBConnection; views: Map<string, string> }

/** Connections are opened when they are needed first, and kept. */
export function createLanes(engine: Engine): Lanes {
  const lanes: Lane[] = []
  const free: Lane[] = []
  const line: { begin(lane: Lane): void; fail(error: unknown): void }[] = []
  const asked = new Set<Promise<unknown>>()
  let begun = 0
  let again: NodeJS.Timeout | null = null

  const take = async (): Promise<Lane> => {
    const known = free.pop()
    if (known) return known
    if (begun === LANES) return new Promise((begin, fail) => line.push({ begin, fail }))
    begun++
    try {
      const lane: Lane = { connection: await engine.connect(), views: new Map() }
      lanes.push(lane)
      return lane
    } catch (error) {
      begun--
      const next = line.shift()
      if (next) take().then(next.begin, next.fail)
      throw error
    }
  }

  const handOn = (lane: Lane) => {
    const next = line.shift()
    if (next) next.begin(lane)
    else free.push(lane)
  }

  const answer = async (state: State, { sql, values, within, isSingle }: Question): Promise<Row[]> => {
    const lane = await take()
    try {
      if (again) throw new Error('Interrupted')
      for (const [name, view] of viewsFor(state, sql, within)) await bind(lane, name, view)
      return await withCrew(lane, isSingle, () => rowsOf(lane.connection, sql, values))
    } finally {
      handOn(lane)
    }
  }

  const withCrew = async <T>({ connection }: Lane, isSingle: boolean, work: () => Promise<T>): Promise<T> => {
    try {
      await engine.crew.begin((sql) => connection.run(sql), isSingle)
      return await work()
    } finally {
      engine.crew.end()
    }
  }

  return {
    ask(state, question) {
      const answered = answer(state, question)
      const settled: Promise<boolean> = answered.then(
        () => asked.delete(settled),
        () => asked.delete(settled), // whoever asked is told
      )
      asked.add(settled)
      return answered
    },
    stop() {
      const interrupt = () => {
        for (const { connection } of lanes) connection.interrupt()
      }
      interrupt()
      again ??= setInterval(interrupt, AGAIN_MS) // a statement that was about to begin has not noticed
    },
    isStopped: () => again !== null,
    async still() {
      await Promise.all(asked)
    },
    close() {
      if (again) clearInterval(again)
      for (const { connection } of lanes) connection.closeSync()
    },
  }
}

async function bind({ connection, views }: Lane, name: string, view: string): Promise<void> {
  if (views.get(name) === view) return
  views.delete(name)
  await connection.run(view)
  views.set(name, view)
}
