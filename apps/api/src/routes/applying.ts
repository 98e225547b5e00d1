/**
 * A template is applied to a draft over HTTP, or it is only said what that would change.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Item, Percent, Quantity, Totals } from '@forsat/domain'
import type { QuotationView } from '@forsat/projections'
import * as z from 'zod'
import { commandHeaders, contextOf } from '../asking.ts'
import { bodyOf, bodyWith, dataOf, recordPath } from '../command-body.ts'
import { exampleOf } from '../examples.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import { afterwards, tagged } from '../records.ts'
import type { Resource } from '../resource.ts'

const { id, description, unit, unitPrice, amount, productId } = Item.shape

const Entry = z.strictObject({
  id,
  kind: z.enum(['item', 'section', 'note']),
  description,
  productId,
  quantity: Quantity.optional(),
  unit,
  unitPrice: unitPrice.optional(),
  discountPercent: Percent.optional(),
  amount: amount.optional(),
  edited: z
    .literal(true)
    .optional()
    .describe("A template's, changed by hand: it goes only where dropEdited names it."),
})
const changes = {
  removed: z.array(Entry),
  kept: z.array(Entry),
  added: z.array(Entry),
}
const word = z.string().nullable().optional()

const Preview = z
  .strictObject({
    ...changes,
    options: z.strictObject(changes),
    words: z
      .strictObject({ subject: word, terms: word, paymentTerms: word, deliveryTerms: word })
      .describe('Those that would be others; null where none would be left.'),
    validUntil: z.string().optional().describe('The last day, were it sent today.'),
    totals: Totals,
  })
  .meta({ id: 'TemplatePreview' })

const command = 'ApplyQuotationTemplate'
const dryRun = z.boolean().optional().describe('Only says what would change.')

export const applyingRoute = (
  api: Api,
  forsat: Forsat,
  { path, tag, view, records }: Resource<QuotationView>,
): void => {
  const { occurredAt: _at, ...fields } = bodyOf(command).shape
  api.post(
    `${path}/:id/template`,
    {
      schema: {
        ...operation({
          summary: 'Applies a template to a draft',
          tag,
          role: 'sell',
          command,
          description:
            'It replaces what nobody touched of the template before, or is appended. What was written or changed by hand, and options that were taken, stay; dropEdited names edited ones that go all the same.',
        }),
        params: recordPath,
        querystring: none,
        headers: commandHeaders,
        body: bodyWith({ ...fields, dryRun }, exampleOf(command)),
        response: answers(z.union([view, Preview])),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { dryRun: isTried = false, ...said } = data
      const asked = { type: command, data: { ...said, id: request.params.id } } as const
      const context = contextOf(request, occurredAt)
      if (isTried === true) {
        const known = asked as unknown as Parameters<Forsat['previewTemplate']>[0]
        return granted(await forsat.previewTemplate(known, context)) as z.infer<typeof Preview>
      }
      const outcome = granted(await forsat.executeUnchecked(asked, context))
      return tagged(reply, await afterwards(forsat, records, outcome, request.caller, reply))
    },
  )
}
