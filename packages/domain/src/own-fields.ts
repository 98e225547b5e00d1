/**
 * What may be said of anything that is created: the ids that other systems know it by, and fields that
 * a company has thought up itself.
 *
 * @module
 */
import * as z from 'zod'
import { ExternalId } from './id.ts'
import { Attributes } from './text/label.ts'

export const ownFields = { externalIds: z.array(ExternalId).max(20), attributes: Attributes }
