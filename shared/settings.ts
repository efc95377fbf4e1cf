import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { READERS, STAFF_ROLES } from './roles.ts'

export const StaffMember = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(STAFF_ROLES),
  state: z.enum(['invited', 'active', 'deactivated']),
})
export type StaffMember = z.infer<typeof StaffMember>

export const listStaff = endpoint('GET', '/v1/staff', {
  summary: 'The staff of the workspace by name, deactivated ones last; 500 at most',
  callers: READERS,
  reply: z.object({ items: z.array(StaffMember) }),
})
