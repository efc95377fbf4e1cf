/** Prisma's own codes for a database that is away, busy, or too slow: https://www.prisma.io/docs/orm/reference/error-reference */
const AWAY = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'])

/** SQLSTATE classes that pass by themselves: connection, rollback by the server, resources, locks, shutdown. */
const PASSING = /^(08|40|53|55P03|57P0)/

/** The driver's words for a connection that is gone; they come without a code. */
const GONE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** What the operating system says when no PostgreSQL answers at its address, or the line is cut; the driver passes it on as it is. */
const UNREACHED =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN)$/

/** SQLSTATE of a failure, whether pg or Prisma throws it; null for anything else. */
export function sqlStateOf(error: unknown): string | null {
  const { code, severity } = driverErrorOf(error)
  return typeof code === 'string' && (severity !== undefined || /^[0-9A-Z]{5}$/.test(code)) ? code : null
}

/** Whether PostgreSQL ended the transaction because it and another one waited for each other; nothing of it is left. */
export const isDeadlock = (error: unknown): boolean => sqlStateOf(error) === '40P01'

/** Whether the same work may succeed later: the database is away, restarting, full of work, or ended our session. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (isUnreached(error) || ('code' in error && AWAY.has(String(error.code)))) return true
  const { severity } = driverErrorOf(error)
  return (
    severity === 'FATAL' || severity === 'PANIC' || PASSING.test(sqlStateOf(error) ?? '') || GONE.test(error.message)
  )
}

/** Of a name with several addresses each has its own failure; the socket of a stopped server is a file that is not there. */
function isUnreached(error: Error): boolean {
  if (error instanceof AggregateError && error.errors.some((one) => one instanceof Error && isUnreached(one)))
    return true
  const { code = '', syscall } = error as NodeJS.ErrnoException
  return UNREACHED.test(code) || (code === 'ENOENT' && syscall === 'connect')
}

type DriverError = { code?: unknown; severity?: unknown }

/** Prisma keeps what the driver said in `meta`. */
function driverErrorOf(error: unknown): DriverError {
  const { meta, code, severity } = error as { meta?: { driverAdapterError?: { cause?: Cause } } } & DriverError
  const cause = meta?.driverAdapterError?.cause
  return cause ? { code: cause.originalCode, severity: cause.severity } : { code, severity }
}

type Cause = { originalCode?: unknown; severity?: unknown }
