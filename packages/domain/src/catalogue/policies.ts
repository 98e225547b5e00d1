/**
 * The policies of a company: what follows from what, and what is allowed. Those in force at an act
 * are named by its event.
 *
 * @module
 */
import * as z from 'zod'

const Percent = z.string().regex(/^(?:0|[1-9]\d?|100)(?:\.\d{1,4})?$/, 'must be a percentage')

export const Policies = z.strictObject({
  features: z.strictObject({
    leads: z.boolean(),
    templates: z.boolean(),
    scoring: z.boolean(),
    assignment: z.boolean(),
  }),
  onConfirm: z.enum(['win', 'leave']),
  onConfirmSiblings: z.enum(['leave', 'cancel']),
  onLose: z.enum(['cancel', 'leave']),
  onAccept: z.enum(['confirm', 'record']),
  requireLostReason: z.boolean(),
  lateConfirm: z.enum(['manager', 'refuse']),
  manualCertainty: z.enum(['refuse', 'allow']),
  vatRounding: z.enum(['total', 'line']),
  /** Days a quotation is valid for when nothing else says so; 0 is for ever. */
  validityDays: z.int().min(0).max(3650),
  approval: z
    .strictObject({
      discountPercentAbove: Percent.optional(),
      totalAbove: z
        .string()
        .regex(/^\d{1,30}(\.\d{1,10})?$/)
        .optional(),
    })
    .nullable(),
})
export type Policies = z.infer<typeof Policies>

export const PolicyChanges = Policies.partial().extend({
  features: Policies.shape.features.partial().optional(),
})
export type PolicyChanges = z.infer<typeof PolicyChanges>

/** The policies of a company that has set none. */
export const usualPolicies: Policies = {
  features: { leads: true, templates: true, scoring: true, assignment: true },
  onConfirm: 'win',
  onConfirmSiblings: 'leave',
  onLose: 'cancel',
  onAccept: 'confirm',
  requireLostReason: true,
  lateConfirm: 'manager',
  manualCertainty: 'refuse',
  vatRounding: 'total',
  validityDays: 30,
  approval: null,
}
