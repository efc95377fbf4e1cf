import type { Prisma } from '../../../generated/prisma/client.ts'
import { NOBODY } from '../../../platform/asking.ts'
import { teamSql } from './statement.ts'

/** The statement of the supervisors' homepage, of nobody. */
export const teamAhead = (): Prisma.Sql => teamSql(NOBODY, new Date(0))
