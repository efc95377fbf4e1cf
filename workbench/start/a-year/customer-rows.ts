import { newId } from '../../../backend/platform/ids.ts'
import { DAYS } from '../../scenarios/a-year/calendar.ts'
import type { Person } from '../../scenarios/story.ts'
import type { Pouring } from './pouring.ts'
import type { TableName } from './tables.ts'
import type { House } from './talk-rows.ts'

const FIRST =
  'Alice Barnaby Cora Dermot Edith Fergus Greta Harriet Imran Joan Kenji Lorna Mabel Niall Olive Patrick Queenie Rupert Sheila Tariq'.split(
    ' ',
  )
const LAST =
  'Ashdown Barrow Cobb Dunmore Eddery Fairley Goodwin Hartley Ingle Jessop Kettle Lowther Marsh Netley Oakes Penrose Quill Ramsey Thwaite'.split(
    ' ',
  )

/** Who writes in the year: all met before it began. */
export function writeCustomers(
  tables: Record<TableName, Pouring>,
  { workspaceId }: House,
  count: number,
  midnightAt: (ago: number) => number,
): (Person & { id: string })[] {
  const met = new Date(midnightAt(DAYS + 1))
  return Array.from({ length: count }, (_, n) => {
    const [first, last] = [FIRST[n % FIRST.length] ?? '', LAST[Math.floor(n / FIRST.length) % LAST.length] ?? '']
    const person = {
      id: newId(met),
      name: `${first} ${last}`,
      email: `${first}.${last}${n}@postbox.example`.toLowerCase(),
    }
    tables.customer.row(workspaceId, person.id, person.name, person.email, met)
    tables.customer_address.row(workspaceId, person.email, person.id, person.email, met)
    return person
  })
}
