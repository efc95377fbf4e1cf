import { abroad } from './abroad.ts'
import { goods } from './goods.ts'
import type { Kind } from './kind.ts'
import { money } from './money.ts'
import { parcels } from './parcels.ts'
import { questions } from './questions.ts'

export const KINDS: Kind[] = [...parcels, ...goods, ...money, ...questions, ...abroad]
