import { returnsResource } from './return.ts'
import { returnCreateResource } from './return-create.ts'
import { returnProcessResource } from './return-process.ts'
import { returnablesResource } from './returnable.ts'

export const returnResources = [returnsResource, returnablesResource, returnCreateResource, returnProcessResource]
