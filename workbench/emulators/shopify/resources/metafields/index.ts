import { definitionsResource } from './definitions.ts'
import { metafieldResource } from './metafield.ts'
import { settingMetafields } from './setting.ts'

export const metafieldResources = [metafieldResource, settingMetafields, definitionsResource]
