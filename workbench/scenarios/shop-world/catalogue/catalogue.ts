import { gifts } from './gifts.ts'
import { pantry } from './pantry.ts'
import type { Ware } from './product.ts'
import { treats } from './treats.ts'

/** All that Fern & Fig sells. */
export const catalogue: Ware[] = [...pantry, ...treats, ...gifts]
