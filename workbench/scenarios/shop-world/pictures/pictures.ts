import { SHOP } from '../../fern-and-fig.ts'
import { png } from '../../files/png.ts'
import { catalogue } from '../catalogue/catalogue.ts'
import type { Ware } from '../catalogue/product.ts'
import { outletWares } from '../outlet/wares.ts'
import { painted, SIDE } from './shapes.ts'

/** The public name under which a shop's pictures would be found; the workbench answers for it on this machine. */
export const PICTURES = `https://pictures.${SHOP.domain}`

export const pictureUrl = ({ handle }: Pick<Ware, 'handle'>) => `${PICTURES}/${handle}.png`

const drawn = new Map<string, Buffer>()

/** The PNG of a ware by its file name; nothing for a name that no ware has. */
export function pictureNamed(file: string): Buffer | undefined {
  const ware = [...catalogue, ...outletWares].find(({ handle }) => `${handle}.png` === file)
  if (!ware) return undefined
  const known = drawn.get(file)
  if (known) return known
  const bytes = png(SIDE, SIDE, painted(ware.picture.shape, ware.picture.hue))
  drawn.set(file, bytes)
  return bytes
}
