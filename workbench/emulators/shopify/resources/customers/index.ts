import { changingCustomers } from './changing.ts'
import { customerResource } from './customer.ts'
import { findingCustomers } from './finding.ts'
import { mergingCustomers } from './merging.ts'

export const customerResources = [customerResource, findingCustomers, changingCustomers, mergingCustomers]
