/** Types of DuckDB. Ids are text and instants UTC without a zone: it is many times slower with UUIDs and zones (facts/stack.md section 4). */
export type DuckType =
  | 'VARCHAR'
  | 'VARCHAR[]'
  | 'INTEGER'
  | 'BIGINT'
  | 'BOOLEAN'
  | 'TIMESTAMP'
  | 'DATE'
  | 'STRUCT(move_id VARCHAR, from_at TIMESTAMP, until_at TIMESTAMP)[]'

type Columns = Readonly<Record<string, DuckType>>

/**
 * `owner` is the column of the thing that is read anew as a whole: a delta holds all rows of every owner that it names, or one with only
 * the owner and `gone`, so it replaces all older rows of that owner. `whole` tables are small and written anew altogether. `apart` is SQL
 * of what is added to the month of a row: rows that few figures ask for, but these of every month, lie in files of their own.
 */
export type LakeTable = { owner: string; whole?: true; apart?: string; columns: Columns }

const ticket: Columns = {
  id: 'VARCHAR',
  number: 'INTEGER',
  created_at: 'TIMESTAMP',
  opened_at: 'TIMESTAMP',
  status: 'VARCHAR',
  priority: 'VARCHAR',
  category: 'VARCHAR',
  tags: 'VARCHAR[]',
  mailbox_id: 'VARCHAR',
  channel: 'VARCHAR',
  language: 'VARCHAR',
  customer_id: 'VARCHAR',
  tier: 'VARCHAR',
  assignee_id: 'VARCHAR',
  void_reason: 'VARCHAR',
  merged_into_id: 'VARCHAR',
  follows_id: 'VARCHAR',
  first_in_at: 'TIMESTAMP',
  first_out_at: 'TIMESTAMP',
  first_by_id: 'VARCHAR',
  first_seconds: 'BIGINT',
  first_open_seconds: 'BIGINT',
  resolved_at: 'TIMESTAMP',
  resolved_by_id: 'VARCHAR',
  resolution_seconds: 'BIGINT',
  resolution_open_seconds: 'BIGINT',
  reopens: 'INTEGER',
  mails_in: 'INTEGER',
  mails_out: 'INTEGER',
  automatic_out: 'INTEGER',
  notes: 'INTEGER',
  repliers: 'INTEGER',
  escalations: 'INTEGER',
  handle_seconds: 'BIGINT',
  historical: 'BOOLEAN',
  spam: 'BOOLEAN',
  stood: 'STRUCT(move_id VARCHAR, from_at TIMESTAMP, until_at TIMESTAMP)[]',
}

const message: Columns = {
  id: 'VARCHAR',
  ticket_id: 'VARCHAR',
  at: 'TIMESTAMP',
  direction: 'VARCHAR',
  staff_id: 'VARCHAR',
  automatic: 'BOOLEAN',
  historical: 'BOOLEAN',
  spam: 'BOOLEAN',
}

const move: Columns = {
  id: 'VARCHAR',
  ticket_id: 'VARCHAR',
  at: 'TIMESTAMP',
  kind: 'VARCHAR',
  before: 'VARCHAR',
  after: 'VARCHAR',
  by_kind: 'VARCHAR',
  by_id: 'VARCHAR',
  historical: 'BOOLEAN',
  counts: 'BOOLEAN',
  undone: 'BOOLEAN',
}

const clock: Columns = {
  id: 'VARCHAR',
  ticket_id: 'VARCHAR',
  target: 'VARCHAR',
  policy_id: 'VARCHAR',
  since: 'TIMESTAMP',
  ended_at: 'TIMESTAMP',
  state: 'VARCHAR',
  limit_seconds: 'BIGINT',
  used_seconds: 'BIGINT',
  spent_seconds: 'BIGINT',
  outcome: 'VARCHAR',
  told_at: 'TIMESTAMP',
  staff_id: 'VARCHAR',
  counts: 'BOOLEAN',
  decided_at: 'TIMESTAMP',
  agent_id: 'VARCHAR',
}

const action: Columns = {
  id: 'VARCHAR',
  ticket_id: 'VARCHAR',
  order_id: 'VARCHAR',
  shop_id: 'VARCHAR',
  customer_key: 'VARCHAR',
  by_id: 'VARCHAR',
  state: 'VARCHAR',
  problem: 'VARCHAR',
  reason: 'VARCHAR',
  currency: 'VARCHAR',
  value_minor: 'BIGINT',
  created_at: 'TIMESTAMP',
  parked_at: 'TIMESTAMP',
  ended_at: 'TIMESTAMP',
}

const step: Columns = {
  id: 'VARCHAR',
  action_id: 'VARCHAR',
  ticket_id: 'VARCHAR',
  kind: 'VARCHAR',
  reason: 'VARCHAR',
  state: 'VARCHAR',
  minor: 'BIGINT',
  currency: 'VARCHAR',
  tax_minor: 'BIGINT',
  by_id: 'VARCHAR',
  customer_key: 'VARCHAR',
  done_at: 'TIMESTAMP',
  compensation_id: 'VARCHAR',
}

const line: Columns = {
  id: 'VARCHAR',
  action_id: 'VARCHAR',
  ticket_id: 'VARCHAR',
  product_id: 'VARCHAR',
  variant_id: 'VARCHAR',
  quantity: 'INTEGER',
  minor: 'BIGINT',
  currency: 'VARCHAR',
  at: 'TIMESTAMP',
}

const approval: Columns = {
  id: 'VARCHAR',
  action_id: 'VARCHAR',
  ticket_id: 'VARCHAR',
  reason: 'VARCHAR',
  approver_id: 'VARCHAR',
  asked_at: 'TIMESTAMP',
  decided_at: 'TIMESTAMP',
  decision: 'VARCHAR',
}

const compensation: Columns = {
  id: 'VARCHAR',
  order_id: 'VARCHAR',
  kind: 'VARCHAR',
  minor: 'BIGINT',
  cost_minor: 'BIGINT',
  currency: 'VARCHAR',
  at: 'TIMESTAMP',
  customer_key: 'VARCHAR',
}

const giftCard: Columns = {
  id: 'VARCHAR',
  ticket_id: 'VARCHAR',
  action_id: 'VARCHAR',
  minor: 'BIGINT',
  balance_minor: 'BIGINT',
  spent_minor: 'BIGINT',
  currency: 'VARCHAR',
  reason: 'VARCHAR',
  by_id: 'VARCHAR',
  state: 'VARCHAR',
  issued_at: 'TIMESTAMP',
  expires_on: 'DATE',
  expires_at: 'TIMESTAMP',
  deactivated_at: 'TIMESTAMP',
  taken_back: 'BOOLEAN',
  imported: 'BOOLEAN',
  compensation_id: 'VARCHAR',
}

const stretch: Columns = { id: 'VARCHAR', staff_id: 'VARCHAR', from_at: 'TIMESTAMP', until_at: 'TIMESTAMP' }

/**
 * What the lake holds. A row has these columns, `gone` and `owner_key`; decision 041 says what each means. What most figures need of the
 * ticket stands on its messages, moves and clocks, too: they are written whenever it is, and no figure has to join the two.
 */
export const TABLES = {
  ticket: {
    owner: 'id',
    apart: `case when resolved_at is null then '-open' when reopens > 0 then '-again' else '' end`,
    columns: ticket,
  },
  message: { owner: 'ticket_id', columns: message },
  move: { owner: 'ticket_id', columns: move },
  clock: { owner: 'ticket_id', columns: clock },
  action: { owner: 'id', columns: action },
  step: { owner: 'action_id', columns: step },
  line: { owner: 'action_id', columns: line },
  approval: { owner: 'action_id', columns: approval },
  compensation: { owner: 'id', columns: compensation },
  gift_card: { owner: 'id', columns: giftCard },
  session: { owner: 'id', columns: { ...stretch, ended_how: 'VARCHAR' } },
  break: { owner: 'id', columns: { ...stretch, kind: 'VARCHAR', allowed_seconds: 'INTEGER' } },
  shift: { owner: 'id', whole: true, columns: stretch },
  leave: { owner: 'id', whole: true, columns: stretch },
  staff: { owner: 'id', whole: true, columns: { id: 'VARCHAR', role: 'VARCHAR', since: 'DATE', active: 'BOOLEAN' } },
  mailbox: { owner: 'id', whole: true, columns: { id: 'VARCHAR', kind: 'VARCHAR' } },
  customer: { owner: 'id', columns: { id: 'VARCHAR', met_at: 'TIMESTAMP' } },
  opening: {
    owner: 'from_at',
    whole: true,
    columns: { from_at: 'TIMESTAMP', until_at: 'TIMESTAMP', before_seconds: 'BIGINT' },
  },
  rating: {
    owner: 'ticket_id',
    columns: {
      id: 'VARCHAR',
      ticket_id: 'VARCHAR',
      at: 'TIMESTAMP',
      score: 'INTEGER',
      staff_id: 'VARCHAR',
      counts: 'BOOLEAN',
    },
  },
} as const satisfies Record<string, LakeTable>

export type TableName = keyof typeof TABLES
export const TABLE_NAMES = Object.keys(TABLES) as TableName[]

/** Grows when a column, the meaning of one or the names of parts change: a lake of another number is built anew. */
export const LAKE_SCHEMA = 5

/**
 * A number made of an owner's id: what a delta replaces is found by it, because comparing texts of 36 characters costs most of a figure.
 * Two of ten million ids share one with a probability of three in a million.
 */
export const ownerKey = (owner: string): string => `md5_number_lower(${owner}::varchar)`

/** How parts are written: numbers and instants that are read twice as fast, for no more bytes and less time of the writer. */
export const PARQUET = 'format parquet, compression zstd, compression_level 1, parquet_version v2'
