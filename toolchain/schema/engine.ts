import { readFile } from 'node:fs/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/** Opens Prisma's schema engine on a database, in this process: the npm package of the command line brings no engine for an offline machine. */
export async function openEngine(url: string): Promise<{ engine: SchemaEngine; close: () => Promise<void> }> {
  loaded ??= load()
  await loaded
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const factory = new PrismaPg(pool)
  tolerateChar(factory, pool)
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  return { engine, close: () => pool.end() }
}

/** Its bindings keep the memory of one instance, so a second one in the same process would corrupt them. */
let loaded: Promise<void> | undefined

/** Node's own types leave WebAssembly to the browser's, which this project does without. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(wasm: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>
  }
}

async function load() {
  const wasm = await readFile(new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm')))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  })
}

/**
 * The adapter refuses PostgreSQL's internal "char" type, which every introspection returns and which the engine wants as a character.
 * So the pool calls it text, and the answer calls it a character again; the engine asks one question at a time.
 */
function tolerateChar(factory: PrismaPg, pool: pg.Pool) {
  let chars: number[] = []
  const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>
  const asText = async (config: pg.QueryConfig) => {
    const result = await query(config)
    chars = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR ? [index] : []))
    for (const index of chars) Object.assign(result.fields[index] ?? {}, { dataTypeID: TEXT })
    return result
  }
  Object.assign(pool, { query: asText })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (question) => {
      const answer = await queryRaw(question)
      for (const index of chars) answer.columnTypes[index] = ColumnTypeEnum.Character
      return answer
    }
    return adapter
  }
}

const CHAR = 18
const TEXT = 25
