import { endHold, putOnHold } from '../../world/owner.ts'
import { scan, ship } from '../../world/warehouse.ts'
import { state } from '../words.ts'
import type { Act } from './act.ts'

const TRACKING = 'https://track.parcelway.example/'

export const warehouseActs: Record<string, Act> = {
  ship({ shop }, form) {
    const number = form.maybe('number')
    const company = form.maybe('carrier') ?? 'Parcelway'
    const tracking = number ? { tracking: { company, number, url: `${TRACKING}${encodeURIComponent(number)}` } } : {}
    return `${ship(shop, form.text('order'), tracking).name} is on its way.`
  },
  scan({ shop }, form) {
    const status = form.text('status')
    const parcel = scan(shop, form.text('parcel'), { status, message: state(status) })
    return `${parcel.name}: ${state(status).toLowerCase()}.`
  },
  hold({ shop }, form) {
    putOnHold(shop, form.text('order'), form.text('reason'), form.maybe('note') ?? null)
    return 'The warehouse waits with it.'
  },
  release({ shop }, form) {
    endHold(shop, form.text('order'))
    return 'The warehouse goes on with it.'
  },
}
